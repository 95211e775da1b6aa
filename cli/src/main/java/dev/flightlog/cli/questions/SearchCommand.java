package dev.flightlog.cli.questions;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.search.EventSearch;
import dev.flightlog.analysis.search.FoundEvents;
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
import dev.flightlog.home.settings.Setting;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.SearchQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code search}: finds events by a text anywhere in them. */
public final class SearchCommand implements Command {
  private static final int SHOWN = 20;

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "search",
            "Find events by their words, newest first. Words stand anywhere, in any case; \"in quotes\" one behind the"
                + " other, as in file_not_read or src/Foo.java; word* begins so; tool:Bash, file:src/Foo, details.KEY:word"
                + " in a field; a OR b; not:word.")
        .takes("TEXT", 1, 1)
        .with(NamedOptions.EVENTS)
        .with(
            Option.number(
                "--limit",
                "N",
                "at most so many; text shows " + SHOWN + ", json and csv all, unless told"))
        .with(
            Option.text(
                "--order", "ORDER", "newest, or relevance: the best of the newest 1,000 first"))
        .example("flightlog search '\"permission denied\" file:src' --tool Bash --since 7d");
  }

  private static EventSearch understood(String text) {
    try {
      return EventSearch.of(text);
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isRelevance(@Nullable String order) {
    if (order != null && !EventSearch.ORDERS.contains(order)) {
      throw CommandException.usage("--order is newest or relevance, not '" + order + "'");
    }
    return "relevance".equals(order);
  }

  /** What the beginnings of the words would find. */
  private static String beginnings(EventSearch search, Index index, Filter filter) {
    EventSearch open = search.forBeginnings();
    SearchQuery query = open.query();
    if (query == null || search.query() == null || query.all().equals(search.query().all())) {
      return "";
    }
    boolean finds =
        !open.in(index.store(), ReadRequest.newestFirst(filter).limit(1), false).events().isEmpty();
    return finds
        ? "; words that begin so do: flightlog search "
            + "'"
            + query.text().replace("'", "'\\''")
            + "'"
        : "";
  }

  @Override
  public int run(Invocation call) {
    String text = call.arguments().getFirst();
    Integer limit = call.number("--limit");
    if (limit != null && limit < 1) {
      throw CommandException.usage("--limit is at least 1, not " + limit);
    }
    boolean cut = limit == null && call.format() == Format.TEXT;
    boolean relevantFirst = isRelevance(call.option("--order"));
    EventSearch search = understood(text);
    Filter filter = NamedOptions.filter(call);
    try (Index index = Index.fresh(call.home())) {
      long most = limit != null ? limit : cut ? SHOWN : Long.MAX_VALUE;
      FoundEvents answer =
          search.in(index.store(), ReadRequest.newestFirst(filter).limit(most), relevantFirst);
      List<Event> found = answer.events();
      boolean more = cut && answer.more();
      EventRows.print(
          found,
          call.format(),
          NamedOptions.dates(call),
          answer.sought(),
          call.console().out(),
          call.console().screen());
      if (more) {
        call.console()
            .say("there are more than " + SHOWN + ": narrow the search, or add --limit N");
      } else if (found.isEmpty()) {
        call.console()
            .say(
                "nothing matches"
                    + (index.isEmpty()
                        ? "; nothing is recorded yet: flightlog quickstart"
                        : beginnings(search, index, filter)));
      } else if (call.format() == Format.TEXT) {
        call.console().say(Table.count(found.size(), "event"));
      }
      index.tellArchived();
      if (!call.home().settings().flag(Setting.INDEX_SEARCH)) {
        call.console()
            .say(
                "index.search is false: events are read one by one; set it to true and import or"
                    + " record, and searches are quick again");
      }
      return CommandException.OK;
    }
  }
}
