package dev.flightlog.cli.questions;

import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.EventRows;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.RunningServer;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code tail}: the newest events, and with {@code -f} those to come. */
public final class TailCommand implements Command {
  private static final int SHOWN = 10;
  private static final long POLL_MILLIS = 250;
  private static final int MOST_AT_ONCE = 10_000;
  private static final String ANEW =
      "the index was built anew; going on with what is new from now on";

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tail",
            "Show the newest events, oldest of them first; -f goes on as new ones are recorded, and shows a call again when its result comes. Beside a running server each is shown at once, by its stream (FLIGHTLOG_TOKEN, where it wants a token).")
        .with(Option.flag("--follow", "go on until Ctrl-C").or("-f"))
        .with(Option.number("--lines", "N", "how many (" + SHOWN + ")").or("-n"))
        .with(NamedOptions.EVENTS)
        .example("flightlog tail -f --failed");
  }

  @Override
  public int run(Invocation call) throws InterruptedException {
    Integer lines = call.number("--lines");
    if (lines != null && lines < 0) {
      throw CommandException.usage("--lines is not negative: " + lines);
    }
    if (call.flag("--follow") && call.format() == Format.CSV) {
      throw CommandException.usage(
          "-f prints text or, with --format json, one object a line; not csv");
    }
    Filter filter = NamedOptions.filter(call);
    Cursor place;
    Set<String> shown = new HashSet<>();
    try (Index index = Index.fresh(call.home())) {
      place = index.store().latest();
      ReadRequest request = ReadRequest.newestFirst(filter).limit(lines == null ? SHOWN : lines);
      List<Event> events = index.store().read(request).finish(request).reversed();
      events.forEach(event -> shown.add(text(line(event))));
      if (call.flag("--follow")) {
        events.forEach(event -> printOne(event, call));
      } else {
        EventRows.print(
            events,
            call.format(),
            NamedOptions.dates(call),
            Map.of(),
            call.console().out(),
            call.console().screen());
      }
    }
    if (call.flag("--follow")) {
      Cursor at = throughServer(call, place, shown);
      follow(call, filter, at, shown);
    }
    return CommandException.OK;
  }

  /**
   * Follows the stream of the server that runs in this home, as long as there is one, and so learns
   * of each event at once.
   *
   * @return where to go on without it
   */
  private static Cursor throughServer(Invocation call, Cursor place, Set<String> shown)
      throws InterruptedException {
    Optional<RunningServer> server = RunningServer.of(call.home());
    if (server.isEmpty()) {
      return place;
    }
    Map<String, String> filters = new LinkedHashMap<>();
    for (NamedArgument argument : EventFilter.ALL) {
      String value = NamedOptions.values(call).apply(argument);
      if (value != null && !value.equals("false")) {
        filters.put(argument.name(), value);
      }
    }
    filters.putIfAbsent("timezone", NamedOptions.dates(call).zone().getId());
    String token = call.home().environment().get("FLIGHTLOG_TOKEN");
    try (ServerStream stream =
        new ServerStream(server.get().address(), filters, token, place.text())) {
      String problem =
          stream.follow(
              new ServerStream.Told() {
                @Override
                public void event(String line) {
                  if (!shown.remove(line)) {
                    print(line, call);
                  }
                }

                @Override
                public void reset() {
                  call.console().say(ANEW);
                }
              },
              () -> !call.console().out().checkError());
      if (!problem.isEmpty()) {
        call.console()
            .say(
                "the server at "
                    + server.get().address()
                    + " is not followed any more, "
                    + SafeText.of(problem)
                    + "; going on with the index itself");
      }
      return new Cursor(stream.place());
    }
  }

  /**
   * Shows what arrives from this place on; a call that gets its result arrives again.
   *
   * @param shown events that were shown already and may be behind the place
   */
  private static void follow(Invocation call, Filter filter, Cursor place, Set<String> shown)
      throws InterruptedException {
    Cursor at = place;
    while (!call.console().out().checkError()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      try (Index index = Index.fresh(call.home())) {
        switch (index.store().changes(at, filter, MOST_AT_ONCE)) {
          case Changes.Unknown _ -> {
            call.console().say(ANEW);
            at = index.store().latest();
          }
          case Changes.Page page -> {
            for (Event event : page.events()) {
              if (!shown.remove(text(line(event)))) {
                printOne(event, call);
              }
            }
            at = page.next();
          }
        }
      }
    }
  }

  /** An event as the stream of a server has it. */
  private static void print(String line, Invocation call) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    EventBatch batch = new EventBatch();
    String wrong = new EventLine().decode(bytes, 0, bytes.length, batch, EventBatch.Mode.NEW, "");
    if (wrong == null) {
      printOne(batch.event(0), call);
    } else {
      call.console().say("an event of the server could not be read: " + wrong);
    }
  }

  private static JsonWriter line(Event event) {
    JsonWriter line = new JsonWriter();
    EventLine.encode(event, line);
    return line;
  }

  private static String text(JsonWriter line) {
    return new String(line.bytes(), 0, line.length(), StandardCharsets.UTF_8);
  }

  private static void printOne(Event event, Invocation call) {
    PrintStream out = call.console().out();
    if (call.format() == Format.JSON) {
      JsonWriter line = line(event).append('\n');
      out.write(line.bytes(), 0, line.length());
    } else {
      out.println(EventRows.line(event, NamedOptions.dates(call)));
    }
    out.flush();
  }
}
