package dev.flightlog.cli.questions;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.EventRows;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.Event;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.List;

/** {@code search}: finds events by a text anywhere in them. */
public final class SearchCommand implements Command {
  private static final int SHOWN = 20;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "search",
            "Find events by a text anywhere in them, newest first. The text is taken literally, in any case.")
        .takes("TEXT", 1, 1)
        .with(NamedOptions.EVENTS)
        .with(
            Option.number(
                "--limit",
                "N",
                "at most so many; text shows " + SHOWN + ", json and csv all, unless told"))
        .example("flightlog search \"permission denied\" --tool Bash --since 7d");
  }

  @Override
  public int run(Invocation call) {
    String text = call.arguments().getFirst();
    Integer limit = call.number("--limit");
    if (limit != null && limit < 1) {
      throw CommandException.usage("--limit is at least 1, not " + limit);
    }
    boolean cut = limit == null && call.format() == Format.TEXT;
    Filter filter =
        Filter.and(
            NamedOptions.filter(call), text.isEmpty() ? Filter.EVERYTHING : Filter.anywhere(text));
    try (Index index = Index.fresh(call.home())) {
      long most = limit != null ? limit : cut ? SHOWN + 1L : Long.MAX_VALUE;
      ReadRequest request = ReadRequest.newestFirst(filter).limit(most);
      List<Event> found = index.store().read(request).finish(request);
      boolean more = cut && found.size() > SHOWN;
      EventRows.print(
          more ? found.subList(0, SHOWN) : found,
          call.format(),
          NamedOptions.dates(call),
          text,
          call.console().out(),
          call.console().screen());
      if (more) {
        call.console()
            .say("there are more than " + SHOWN + ": narrow the search, or add --limit N");
      } else if (found.isEmpty()) {
        call.console()
            .say(
                "nothing matches"
                    + (index.isEmpty() ? "; nothing is recorded yet: flightlog quickstart" : ""));
      } else if (call.format() == Format.TEXT) {
        call.console().say(Table.count(found.size(), "event"));
      }
      index.tellArchived();
      return CommandException.OK;
    }
  }
}
