package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Order;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How full the context gets, how often it is compacted, and what had to be read again then. */
public final class ContextInquiry implements Inquiry<Group> {
  private static final Attribute CONTEXT = Attribute.of(Field.CONTEXT_PERCENT);
  private static final Filter COMPACTED = Filter.is(Field.EVENT_TYPE, EventTypes.CONTEXT_COMPACTED);

  /** Compactions whose sessions are looked into. */
  private static final int LOOKED_INTO = 3;

  /** Events of a session that are looked at on each side of a compaction. */
  private static final int MOST_EVENTS = 2_000;

  public static final Question QUESTION =
      new Question(
              "context",
              "How full the context gets, compactions, and what was lost in them",
              "By agent, the fullest first: average and largest context_percent of events that tell it,"
                  + " and compactions (context_compacted). What a compaction lost shows in what is done"
                  + " again: of the files that tool calls of the session named before it (file_path or"
                  + " path), those named again after it. Looked into are the three newest compactions,"
                  + " 2,000 events of their session on each side.",
              List.of(),
              150,
              new ContextInquiry())
          .usedFor("context window full");

  private static final Measure TOLD = Measure.countOf(CONTEXT);
  private static final Measure AVERAGE = Measure.average(CONTEXT);
  private static final Measure PEAK = Measure.max(CONTEXT);
  private static final Measure COMPACTIONS = Measure.count(COMPACTED);
  private static final Measure LAST = Measures.LAST.where(COMPACTED);

  /** The fullest first, then the most compacted; who tells no context last. */
  private static final Comparator<Group> BY_PEAK =
      Order.comparingDouble(
              (Group g) -> {
                Double peak = g.real(PEAK);
                return peak == null ? 1 : -peak;
              })
          .thenComparing(Order.comparingLong((Group g) -> g.count(COMPACTIONS)).reversed());

  @Override
  public List<Column<Group>> columns() {
    return List.of(
        Column.text(
            "agent", "agent_name; null for events of no agent", g -> g.text(Events.BY_AGENT)),
        Column.whole("told", "events that tell their context", g -> g.count(TOLD)),
        Column.real("avg_percent", "average context_percent, 0 to 100", g -> g.real(AVERAGE)),
        Column.real("peak_percent", "largest context_percent, 0 to 100", g -> g.real(PEAK)),
        Column.whole("compactions", "context_compacted events", g -> g.count(COMPACTIONS)),
        Column.time("last_compaction", "the newest of them", g -> g.whole(LAST)));
  }

  private static String percent(@Nullable Double percent) {
    return percent == null ? "-" : Units.percent(Math.round(percent));
  }

  @Override
  public Result<Group> ask(Selection selection) {
    List<Group> agents =
        new ArrayList<>(
            selection.group(
                Filter.EVERYTHING,
                List.of(Events.BY_AGENT),
                List.of(TOLD, AVERAGE, PEAK, COMPACTIONS, LAST)));
    agents.removeIf(agent -> agent.count(TOLD) == 0 && agent.count(COMPACTIONS) == 0);
    agents.sort(BY_PEAK);
    Result<Group> result =
        new Result<Group>()
            .rows(agents)
            .cell("agent", (g, wording) -> wording.name(g.text(Events.BY_AGENT), "(no agent)"))
            .cell(">peak", (g, _) -> percent(g.real(PEAK)))
            .cell(">avg", (g, _) -> percent(g.real(AVERAGE)))
            .cell(">compacted", (g, _) -> Units.count(g.count(COMPACTIONS)))
            .cell("last", (g, wording) -> wording.seen(g.whole(LAST)));
    Double highest = null;
    long sum = 0;
    for (Group agent : agents) {
      Double peak = agent.real(PEAK);
      highest = peak != null && (highest == null || peak > highest) ? peak : highest;
      sum += agent.count(COMPACTIONS);
    }
    long compactions = sum;
    Lost lost = lost(selection, compactions, result);
    String full = highest == null ? "no event tells it" : "peak " + percent(highest);
    String often = compactions == 0 ? "never compacted" : Units.count(compactions, "compaction");
    return result
        .heading(
            wording ->
                "Context, "
                    + selection.window(wording)
                    + ": "
                    + full
                    + ", "
                    + often
                    + "; "
                    + selection.newestShort(),
            wording -> "Context, " + selection.window(wording) + ": " + full + ", " + often)
        .total("peak_context_percent", highest)
        .total("compactions", compactions)
        .total("compactions_looked_into", lost.compactions())
        .total("files_before", lost.before())
        .total("files_named_again", lost.again());
  }

  /** Files named before the compactions that were looked into, and those named again after. */
  private record Lost(long compactions, long before, long again) {}

  /** Looks into the newest compactions. */
  private static Lost lost(Selection selection, long compactions, Result<Group> result) {
    long looked = 0;
    long files = 0;
    long again = 0;
    List<Event> newest =
        compactions == 0 ? List.of() : Newest.of(selection, COMPACTED, LOOKED_INTO);
    for (Event compaction : newest) {
      String session = compaction.text(Field.SESSION_ID);
      if (session != null) {
        Filter calls = Filter.and(Filter.is(Field.SESSION_ID, session), Events.TOOL_CALLS);
        Filter earlier = Filter.and(calls, Filter.until(compaction.micros()));
        Filter later = Filter.and(calls, Filter.since(compaction.micros()));
        ReadRequest back = ReadRequest.newestFirst(selection.and(earlier)).limit(MOST_EVENTS);
        ReadRequest ahead = ReadRequest.oldestFirst(selection.and(later)).limit(MOST_EVENTS);
        Set<String> before = files(selection.store().read(back).finish(back));
        Set<String> after = files(selection.store().read(ahead).finish(ahead));
        after.retainAll(before);
        looked++;
        files += before.size();
        again += after.size();
      }
    }
    if (!newest.isEmpty()) {
      Number tokens = newest.getFirst().detailNumber("pre_tokens");
      String at =
          tokens == null || tokens.longValue() <= 0
              ? ""
              : ", at " + Units.tokens(tokens.doubleValue());
      result.note(
          "Newest compaction " + Units.ago(newest.getFirst().micros(), selection.now()) + at);
    }
    if (files > 0) {
      result.note(
          "After the newest "
              + (looked == 1 ? "one" : Units.count(looked))
              + ", "
              + Units.count(again)
              + " of "
              + Units.count(files, "file")
              + " were named again");
    }
    return new Lost(looked, files, again);
  }

  private static Set<String> files(List<Event> calls) {
    Set<String> files = new HashSet<>();
    for (Event call : calls) {
      String file = FileUse.of(call);
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }
}
