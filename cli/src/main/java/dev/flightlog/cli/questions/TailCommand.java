package dev.flightlog.cli.questions;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.EventRows;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code tail}: the newest events, and with {@code -f} those to come. */
public final class TailCommand implements Command {
  private static final int SHOWN = 10;
  private static final long POLL_MILLIS = 250;
  private static final int MOST_AT_ONCE = 10_000;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tail",
            "Show the newest events, oldest of them first; -f goes on as new ones are recorded, and shows a call again when its result comes.")
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
    Set<Event> shown;
    try (Index index = Index.fresh(call.home())) {
      place = index.store().latest();
      ReadRequest request = ReadRequest.newestFirst(filter).limit(lines == null ? SHOWN : lines);
      List<Event> events = index.store().read(request).finish(request).reversed();
      shown = new HashSet<>(events);
      if (call.flag("--follow")) {
        events.forEach(event -> printOne(event, call));
      } else {
        EventRows.print(
            events,
            call.format(),
            NamedOptions.dates(call),
            "",
            call.console().out(),
            call.console().screen());
      }
    }
    if (call.flag("--follow")) {
      follow(call, filter, place, shown);
    }
    return CommandException.OK;
  }

  /**
   * Shows what arrives from this place on; a call that gets its result arrives again.
   *
   * @param shown events that were shown already and may be behind the place
   */
  private static void follow(Invocation call, Filter filter, Cursor place, Set<Event> shown)
      throws InterruptedException {
    Cursor at = place;
    while (!call.console().out().checkError()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      try (Index index = Index.fresh(call.home())) {
        switch (index.store().changes(at, filter, MOST_AT_ONCE)) {
          case Changes.Unknown _ -> {
            call.console().say("the index was built anew; going on with what is new from now on");
            at = index.store().latest();
          }
          case Changes.Page page -> {
            for (Event event : page.events()) {
              if (!shown.remove(event)) {
                printOne(event, call);
              }
            }
            at = page.next();
          }
        }
      }
    }
  }

  private static void printOne(Event event, Invocation call) {
    PrintStream out = call.console().out();
    if (call.format() == Format.JSON) {
      JsonWriter line = new JsonWriter();
      EventLine.encode(event, line);
      line.append('\n');
      out.write(line.bytes(), 0, line.length());
    } else {
      out.println(EventRows.line(event, NamedOptions.dates(call)));
    }
    out.flush();
  }
}
