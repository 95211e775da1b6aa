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
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.index.Index;
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
  private static final long LATE_MICROS = 60_000_000;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "tail",
            "Show the newest events, oldest of them first; -f goes on as new ones are recorded.")
        .with(Option.flag("--follow", "go on until Ctrl-C").or("-f"))
        .with(Option.number("--lines", "N", "how many (" + SHOWN + ")").or("-n"))
        .with(EventFilters.OPTIONS)
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
    Filter filter = EventFilters.of(call);
    Set<String> shown = new HashSet<>();
    long newest;
    try (Index index = Index.fresh(call.home())) {
      ReadRequest request = ReadRequest.newestFirst(filter).limit(lines == null ? SHOWN : lines);
      List<Event> events = index.store().read(request).finish(request).reversed();
      if (call.flag("--follow")) {
        events.forEach(event -> printOne(event, call));
      } else {
        EventRows.print(events, call.format(), call.console().out());
      }
      ReadRequest last = ReadRequest.newestFirst(Filter.EVERYTHING).limit(1);
      List<Event> latest = index.store().read(last).finish(last);
      newest =
          latest.isEmpty()
              ? Timestamps.of(call.console().clock().instant())
              : latest.getFirst().micros();
      ReadRequest recent =
          ReadRequest.oldestFirst(Filter.and(filter, Filter.since(newest - LATE_MICROS)));
      index.store().read(recent).finish(recent).forEach(event -> shown.add(event.id()));
    }
    if (call.flag("--follow")) {
      follow(call, filter, shown, newest);
    }
    return CommandException.OK;
  }

  /**
   * Shows what is new. An event may come up to a minute after a younger one, from another process.
   */
  private static void follow(Invocation call, Filter filter, Set<String> shown, long since)
      throws InterruptedException {
    long newest = since;
    while (!call.console().out().checkError()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      try (Index index = Index.fresh(call.home())) {
        ReadRequest recent =
            ReadRequest.oldestFirst(Filter.and(filter, Filter.since(newest - LATE_MICROS)));
        Set<String> stillRecent = new HashSet<>();
        for (Event event : index.store().read(recent).finish(recent)) {
          if (!shown.contains(event.id())) {
            printOne(event, call);
          }
          newest = Math.max(newest, event.micros());
          stillRecent.add(event.id());
        }
        shown.addAll(stillRecent);
        if (shown.size() > 4 * stillRecent.size() + 10_000) {
          shown.retainAll(stillRecent);
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
      out.println(EventRows.line(event));
    }
    out.flush();
  }
}
