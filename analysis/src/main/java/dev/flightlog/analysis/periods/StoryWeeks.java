package dev.flightlog.analysis.periods;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.ModelUse;
import dev.flightlog.analysis.ask.Period;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.analysis.periods.TrendsInquiry.Week;
import dev.flightlog.event.Field;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Several stories week by week, side by side. Stateless. */
final class StoryWeeks {
  private StoryWeeks() {}

  static Result<Week> of(
      List<String> stories, Map<Long, Map<@Nullable String, Sums>> byStory, Selection selection) {
    Map<String, TreeMap<Long, Sums>> sums = new HashMap<>();
    for (String story : stories) {
      sums.put(story, weeks(story, byStory, selection));
    }
    Result<Week> result =
        new Result<Week>()
            .cell("week", TrendsInquiry::name)
            .cell("story", (w, wording) -> wording.name(String.valueOf(w.story())))
            .cell(">calls", (w, _) -> w.words(each -> Units.count(each.toolCalls())))
            .cell(">failed", (w, _) -> w.words(each -> Wording.share(each.failedShare())))
            .cell(">errors", (w, _) -> w.words(each -> Units.count(each.errors())))
            .cell(">tokens", (w, _) -> w.words(each -> Wording.tokens(each.tokens())))
            .cell(">cost", (w, _) -> w.words(each -> Wording.cost(each.cost(), each.unpriced())));
    List<Long> weeks =
        sums.values().stream()
            .map(Map::keySet)
            .flatMap(Collection::stream)
            .distinct()
            .sorted()
            .toList();
    for (long week : weeks.reversed()) {
      for (String story : stories) {
        Sums of = sums.getOrDefault(story, new TreeMap<>()).get(week);
        if (of != null) {
          result.row(new Week(week, 1, 1, of, story));
        }
      }
    }
    String size =
        Units.count(stories.size())
            + (stories.size() == 1 ? " story" : " stories")
            + " in "
            + Units.count(weeks.size(), "week");
    return result
        .heading(
            wording ->
                "Weeks, " + selection.window(wording) + ": " + size + "; " + selection.newest(),
            wording -> "Weeks, " + selection.window(wording) + ": " + size)
        .hint(reader ->
            "Whether 50 % fewer errors are repeated: "
                + reader.ask("stories", "A", stories.getFirst()))
        .total("weeks", (long) weeks.size())
        .total("stories", (long) stories.size());
  }

  private static TreeMap<Long, Sums> weeks(
      String story, Map<Long, Map<@Nullable String, Sums>> byStory, Selection selection) {
    TreeMap<Long, Sums> weeks = new TreeMap<>();
    byStory.forEach((week, all) -> {
      List<Sums> ours = new ArrayList<>();
      all.forEach((name, sums) -> {
        if (story.equals(name == null ? Narrowing.DEFAULT_STORY : name)) {
          ours.add(sums);
        }
      });
      if (!ours.isEmpty()) {
        weeks.put(week, Sums.of(ours));
      }
    });
    if (weeks.isEmpty()) {
      throw Absence.notFound(selection, "story", story, Field.STORY_ID);
    }
    ModelUse.by(selection, Period.WEEK, Narrowing.ofStory(story))
        .forEach((week, use) -> weeks.merge(week, Sums.of(use), Sums::plus));
    return weeks;
  }
}
