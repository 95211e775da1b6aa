package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Findings;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.event.Field;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How it went week by week, across stories. A week without events is said to have no data. */
public final class TrendsInquiry implements Inquiry {
  public static final Question QUESTION =
      new Question(
          "trends",
          "Week by week, across stories: events, failures, errors, tokens, cost",
          "Weeks begin on Monday, UTC; the newest comes first, and the one that has not ended is"
              + " marked. Errors are counted as in 'errors', the share is failed tool calls over"
              + " tool calls whose result is known. Weeks without events between others are one"
              + " row that says 'no data'. The heading compares the last two whole weeks that follow"
              + " one another, by the interval of Agresti and Caffo. A cost beside unpriced calls"
              + " is a lower bound.",
          List.of(),
          250,
          new TrendsInquiry());

  private static final List<Column> COLUMNS =
      List.of(
          Column.time("week", "its Monday"),
          Column.whole("weeks", "1; for weeks without data how many there are in a row"),
          Column.whole("events", "null when there is no data"),
          Column.whole("stories", "stories with events; events of none count as one"),
          Column.whole("tool_calls", "tool calls"),
          Column.whole("failed_tool_calls", "tool calls that failed, refused ones left out"),
          Column.real("share", "failed_tool_calls / tool calls with a result, 0 to 1"),
          Column.whole("errors", "errors as in the question errors"),
          Column.whole("tokens_used", "null when no event tells"),
          Column.real("cost_usd", "sum of known costs; null when none is known"),
          Column.whole("unpriced_calls", "model calls whose cost is unknown"),
          Column.real("avg_ms", "average duration of work in milliseconds"));

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public String[] cells(@Nullable Object[] row, Wording wording) {
    long week = row[0] instanceof Long start ? start : 0;
    if (row[2] == null) {
      long weeks = row[1] instanceof Long count ? count : 1;
      String missing = weeks == 1 ? "no data" : "no data, " + Units.count(weeks) + " weeks";
      return new String[] {wording.date(week), missing, "-", "-", "-", "-"};
    }
    boolean part = week + Span.WEEK.micros() > wording.now();
    return new String[] {
      wording.date(week) + (part ? " so far" : ""),
      Wording.count(row[2]),
      Wording.share(row[6]),
      Wording.count(row[7]),
      Wording.tokens(row[8]),
      Wording.cost(row[9], row[10])
    };
  }

  @Override
  public Findings ask(Scope scope) {
    Map<Long, Map<@Nullable String, Sums>> byStory =
        Sums.by(Span.WEEK, Dimension.of(Field.STORY_ID), scope);
    TreeMap<Long, Sums> weeks = new TreeMap<>();
    Set<@Nullable String> stories = new HashSet<>();
    for (Map.Entry<Long, Map<@Nullable String, Sums>> week : byStory.entrySet()) {
      weeks.put(week.getKey(), Sums.of(week.getValue().values()));
      stories.addAll(week.getValue().keySet());
    }
    Findings findings =
        new Findings()
            .heads(wording -> List.of("week", ">events", ">failed", ">errors", ">tokens", ">cost"));
    long without = 0;
    for (Object part : Sums.withGaps(weeks, Span.WEEK)) {
      if (part instanceof Sums.Gap gap) {
        without += gap.spans();
        findings.row(
            gap.from(), gap.spans(), null, null, null, null, null, null, null, null, null, null);
      } else if (part instanceof Long week) {
        Sums sums = weeks.getOrDefault(week, new Sums());
        findings.row(
            week,
            1L,
            sums.events,
            (long) byStory.getOrDefault(week, Map.of()).size(),
            sums.toolCalls,
            sums.failed,
            sums.failedShare(),
            sums.errors,
            sums.knownTokens(),
            sums.knownCost(),
            sums.unpriced(),
            sums.averageMillis());
      }
    }
    String size =
        Units.count(weeks.size(), "week")
            + " with data"
            + (without == 0 ? "" : ", " + Units.count(without) + " without")
            + ", "
            + (stories.size() == 1 ? "1 story" : Units.count(stories.size()) + " stories");
    String change = change(weeks, scope.now());
    return findings
        .heading(
            wording ->
                "Weeks, " + scope.window(wording) + ": " + size + change + "; " + scope.newest(),
            wording -> "Weeks, " + scope.window(wording) + ": " + size)
        .hint("Two stories: flightlog ask compare A B; what comes: flightlog ask forecast")
        .total("weeks", (long) weeks.size())
        .total("weeks_without_data", without)
        .total("stories", (long) stories.size());
  }

  /** The newest two neighbouring weeks that have ended. */
  private static String change(TreeMap<Long, Sums> weeks, long now) {
    List<Long> ended = new ArrayList<>(weeks.headMap(now - Span.WEEK.micros(), true).keySet());
    for (int i = ended.size() - 1; i > 0; i--) {
      long later = ended.get(i);
      Sums after = weeks.get(later);
      Sums before = weeks.get(later - Span.WEEK.micros());
      if (before != null && after != null) {
        Double earlierShare = before.failedShare();
        Double laterShare = after.failedShare();
        if (earlierShare == null || laterShare == null) {
          return "";
        }
        return "; failed calls, week of "
            + Wording.day(later)
            + ": "
            + Units.share(laterShare)
            + " after "
            + Units.share(earlierShare)
            + ", "
            + Chance.ofShares(before.failed, before.results, after.failed, after.results).words();
      }
    }
    return "";
  }
}
