package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.statistics.Chance;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How it went week by week, across stories or for each of several. A week without events is said to
 * have no data.
 */
public final class TrendsInquiry implements Inquiry<TrendsInquiry.Week> {
  public static final Question QUESTION =
      new Question(
              "trends",
              "Week by week, across stories: events, failures, errors, tokens, cost",
              "Weeks begin on Monday, UTC; the newest comes first, and the one that has not ended is"
                  + " marked. Errors are counted as in 'errors', the share is failed tool calls over"
                  + " tool calls whose result is known. Weeks without events between others are one"
                  + " row that says 'no data'. The heading compares the last two whole weeks that follow"
                  + " one another, by the interval of Agresti and Caffo. A cost beside unpriced calls"
                  + " is a lower bound. With stories named, each week has a row for each of them that has"
                  + " events in it; whether one repeats fewer errors than another is said by 'stories'.",
              List.of(
                  new Argument(
                      "STORIES",
                      false,
                      "stories, a comma between two; all together when left out",
                      "1.1,1.2")),
              250,
              new TrendsInquiry())
          .usedFor("are we improving");

  /**
   * A week, or several in a row without events.
   *
   * @param sums null without events
   * @param story null for all stories together
   */
  record Week(long start, long weeks, long stories, @Nullable Sums sums, @Nullable String story) {
    @Nullable Object of(java.util.function.Function<Sums, @Nullable Object> value) {
      return sums == null ? null : value.apply(sums);
    }

    String words(java.util.function.Function<Sums, String> value) {
      return sums == null ? "-" : value.apply(sums);
    }
  }

  @Override
  public List<Column<Week>> columns() {
    return List.of(
        Column.time("week", "its Monday", Week::start),
        Column.whole("weeks", "1; for weeks without data how many there are in a row", Week::weeks),
        Column.text("story", "null when all are taken together", Week::story),
        Column.whole("events", "null when there is no data", w -> w.of(Sums::events)),
        Column.whole(
            "stories",
            "stories with events; events of none count as one",
            w -> w.of(_ -> w.stories())),
        Column.whole("tool_calls", "tool calls", w -> w.of(Sums::toolCalls)),
        Column.whole(
            "failed_tool_calls",
            "tool calls that failed, refused ones left out",
            w -> w.of(Sums::failed)),
        Column.real(
            "share",
            "failed_tool_calls / tool calls with a result, 0 to 1",
            w -> w.of(Sums::failedShare)),
        Column.whole("errors", "errors as in the question errors", w -> w.of(Sums::errors)),
        Column.whole("tokens_used", "null when no event tells", w -> w.of(Sums::tokens)),
        Column.real(
            "cost_usd", "sum of known costs; null when none is known", w -> w.of(Sums::cost)),
        Column.whole(
            "unpriced_calls", "model calls whose cost is unknown", w -> w.of(Sums::unpriced)),
        Column.real(
            "avg_ms", "average duration of work in milliseconds", w -> w.of(Sums::averageMillis)));
  }

  @Override
  public boolean leavesOutOurOwn() {
    return true;
  }

  @Override
  public Result<Week> ask(Selection selection) {
    Dates dates = selection.dates();
    Map<Long, Map<@Nullable String, Sums>> byStory =
        Sums.by(Period.WEEK, Events.BY_STORY, selection);
    List<String> named = named(selection);
    if (!named.isEmpty()) {
      return StoryWeeks.of(named, byStory, selection);
    }
    TreeMap<Long, Sums> weeks = new TreeMap<>();
    Set<@Nullable String> stories = new HashSet<>();
    for (Map.Entry<Long, Map<@Nullable String, Sums>> week : byStory.entrySet()) {
      weeks.put(week.getKey(), Sums.of(week.getValue().values()));
      stories.addAll(week.getValue().keySet());
    }
    ModelUse.by(selection, Period.WEEK, Filter.EVERYTHING)
        .forEach((week, use) -> weeks.merge(week, Sums.of(use), Sums::plus));
    Result<Week> result =
        new Result<Week>()
            .cell("week", TrendsInquiry::name)
            .cell(">events", TrendsInquiry::events)
            .cell(">failed", (w, _) -> w.words(sums -> Wording.share(sums.failedShare())))
            .cell(">errors", (w, _) -> w.words(sums -> Units.count(sums.errors())))
            .cell(">tokens", (w, _) -> w.words(sums -> Wording.tokens(sums.tokens())))
            .cell(">cost", (w, _) -> w.words(sums -> Wording.cost(sums.cost(), sums.unpriced())));
    long without = 0;
    for (Sums.Stretch part : Sums.withGaps(weeks, Period.WEEK, dates)) {
      without += part.empty();
      int own = byStory.getOrDefault(part.from(), Map.of()).size();
      boolean gap = part.empty() > 0;
      result.row(
          new Week(
              part.from(), gap ? part.empty() : 1, own, gap ? null : weeks.get(part.from()), null));
    }
    long missing = without;
    String size =
        Units.count(weeks.size(), "week")
            + " with data"
            + (missing == 0 ? "" : ", " + Units.count(missing) + " without")
            + ", "
            + (stories.size() == 1 ? "1 story" : Units.count(stories.size()) + " stories");
    String change = change(weeks, selection);
    return result
        .heading(
            wording ->
                "Weeks, "
                    + selection.window(wording)
                    + ": "
                    + size
                    + change
                    + "; "
                    + selection.newest(),
            wording -> "Weeks, " + selection.window(wording) + ": " + size)
        .hint(reader -> twoStories(byStory, reader) + reader.ask("forecast"))
        .total("weeks", (long) weeks.size())
        .total("weeks_without_data", missing)
        .total("stories", (long) stories.size());
  }

  private static List<String> named(Selection selection) {
    List<String> asked = selection.call().arguments();
    return asked.isEmpty()
        ? List.of()
        : Arrays.stream(asked.getFirst().split(","))
            .map(String::strip)
            .filter(story -> !story.isEmpty())
            .distinct()
            .toList();
  }

  static String name(Week week, Wording wording) {
    boolean part =
        week.sums() != null && Period.WEEK.plus(week.start(), 1, wording.dates()) > wording.now();
    return wording.date(week.start()) + (part ? " so far" : "");
  }

  private static String events(Week week, Wording wording) {
    String none =
        week.weeks() == 1 ? "no data" : "no data, " + Units.count(week.weeks()) + " weeks";
    return week.sums() == null ? none : Units.count(week.sums().events());
  }

  /** The two stories with the most events, when there are two. */
  private static String twoStories(Map<Long, Map<@Nullable String, Sums>> weeks, Reader reader) {
    Map<String, Long> events = new TreeMap<>();
    for (Map<@Nullable String, Sums> week : weeks.values()) {
      for (Map.Entry<@Nullable String, Sums> story : week.entrySet()) {
        String name = story.getKey();
        if (name != null) {
          events.merge(name, story.getValue().events(), Long::sum);
        }
      }
    }
    List<String> largest =
        events.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    return largest.size() < 2
        ? "What comes: "
        : "Two stories: "
            + reader.ask("compare", "A", largest.get(0), "B", largest.get(1))
            + "; what comes: ";
  }

  /** The newest two neighbouring weeks that have ended. */
  private static String change(TreeMap<Long, Sums> weeks, Selection selection) {
    Dates dates = selection.dates();
    List<Long> ended = new ArrayList<>(weeks.keySet());
    ended.removeIf(week -> Period.WEEK.plus(week, 1, dates) > selection.now());
    for (int i = ended.size() - 1; i > 0; i--) {
      long later = ended.get(i);
      Sums after = weeks.get(later);
      Sums before = weeks.get(Period.WEEK.plus(later, -1, dates));
      if (before != null && after != null) {
        Double earlierShare = before.failedShare();
        Double laterShare = after.failedShare();
        if (earlierShare == null || laterShare == null) {
          return "";
        }
        return "; failed calls, week of "
            + dates.day(later)
            + ": "
            + Units.share(laterShare)
            + " after "
            + Units.share(earlierShare)
            + ", "
            + Chance.ofShares(before.failed(), before.results(), after.failed(), after.results())
                .words();
      }
    }
    return "";
  }
}
