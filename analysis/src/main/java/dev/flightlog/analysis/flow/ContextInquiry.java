package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Newest;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How full the context gets, how often it is compacted, and what had to be read again then. */
public final class ContextInquiry implements Inquiry {
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
          new ContextInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("agent", "agent_name; null for events of no agent"),
          Column.whole("told", "events that tell their context"),
          Column.real("avg_percent", "average context_percent, 0 to 100"),
          Column.real("peak_percent", "largest context_percent, 0 to 100"),
          Column.whole("compactions", "context_compacted events"),
          Column.time("last_compaction", "the newest of them"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    return new String[] {
      wording.name(row[0], "(no agent)"),
      percent(row[3]),
      percent(row[2]),
      Wording.count(row[4]),
      wording.seen(row[5])
    };
  }

  private static String percent(@Nullable Object percent) {
    return percent == null ? "-" : Units.percent(Math.round((Double) percent));
  }

  @Override
  public Findings ask(Scope scope) {
    List<Row> agents =
        new ArrayList<>(
            scope.group(
                Filter.EVERYTHING,
                List.of(Dimension.of(Field.AGENT_NAME)),
                List.of(
                    Measure.countOf(CONTEXT),
                    Measure.average(CONTEXT),
                    Measure.max(CONTEXT),
                    Measure.count(COMPACTED),
                    Measure.last().where(COMPACTED))));
    agents.removeIf(row -> row.whole(0) == 0 && row.whole(3) == 0);
    agents.sort(
        Comparator.comparingDouble((Row row) -> row.isKnown(2) ? -row.real(2) : 1)
            .thenComparing(Comparator.comparingLong((Row row) -> row.whole(3)).reversed()));
    Findings findings =
        new Findings().heads(wording -> List.of("agent", ">peak", ">avg", ">compacted", "last"));
    Double peak = null;
    long compactions = 0;
    for (Row row : agents) {
      peak = row.isKnown(2) && (peak == null || row.real(2) > peak) ? (Double) row.real(2) : peak;
      compactions += row.whole(3);
      findings.row(
          row.text(0),
          row.whole(0),
          row.values().get(1),
          row.values().get(2),
          row.whole(3),
          row.values().get(4));
    }
    long[] again = lost(scope, compactions, findings);
    String full = peak == null ? "no event tells it" : "peak " + percent(peak);
    String often = compactions == 0 ? "never compacted" : Units.count(compactions, "compaction");
    return findings
        .heading(
            wording ->
                "Context, "
                    + scope.window(wording)
                    + ": "
                    + full
                    + ", "
                    + often
                    + "; "
                    + scope.newestShort(),
            wording -> "Context, " + scope.window(wording) + ": " + full + ", " + often)
        .total("peak_context_percent", peak)
        .total("compactions", compactions)
        .total("compactions_looked_into", again[0])
        .total("files_before", again[1])
        .total("files_named_again", again[2]);
  }

  /** Looks into the newest compactions: how many, files before, files named again. */
  private static long[] lost(Scope scope, long compactions, Findings findings) {
    long[] sums = new long[3];
    if (compactions == 0) {
      return sums;
    }
    List<Event> newest = Newest.of(scope, COMPACTED, LOOKED_INTO);
    for (Event compaction : newest) {
      String session = compaction.text(Field.SESSION_ID);
      if (session != null) {
        Filter calls = Filter.and(Filter.is(Field.SESSION_ID, session), Scope.TOOL_CALLS);
        Filter earlier = Filter.and(calls, Filter.until(compaction.micros()));
        Filter later = Filter.and(calls, Filter.since(compaction.micros()));
        ReadRequest back = ReadRequest.newestFirst(scope.and(earlier)).limit(MOST_EVENTS);
        ReadRequest ahead = ReadRequest.oldestFirst(scope.and(later)).limit(MOST_EVENTS);
        Set<String> before = files(scope.store().read(back).finish(back));
        Set<String> after = files(scope.store().read(ahead).finish(ahead));
        after.retainAll(before);
        sums[0]++;
        sums[1] += before.size();
        sums[2] += after.size();
      }
    }
    if (!newest.isEmpty()) {
      Number tokens = newest.getFirst().detailNumber("pre_tokens");
      String at =
          tokens == null || tokens.longValue() <= 0
              ? ""
              : ", at " + Units.tokens(tokens.doubleValue());
      findings.note("Newest compaction " + Units.ago(newest.getFirst().micros(), scope.now()) + at);
    }
    if (sums[1] > 0) {
      findings.note(
          "After the newest "
              + (sums[0] == 1 ? "one" : Units.count(sums[0]))
              + ", "
              + Units.count(sums[2])
              + " of "
              + Units.count(sums[1], "file")
              + " were named again");
    }
    return sums;
  }

  public static Set<String> files(List<Event> calls) {
    Set<String> files = new HashSet<>();
    for (Event call : calls) {
      String file = file(call);
      if (file != null) {
        files.add(file);
      }
    }
    return files;
  }

  /** The file that a tool call names in its input; null when it names none. */
  public static @Nullable String file(Event call) {
    if (call.details().get("input") instanceof Map<?, ?> input) {
      for (String key : new String[] {"file_path", "path", "notebook_path"}) {
        if (input.get(key) instanceof String file && !file.isBlank()) {
          return file;
        }
      }
    }
    return null;
  }
}
