package dev.flightlog.analysis.stories;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.Absence;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.LearnedFacts;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any number of stories beside one of them: are at least 50 % fewer errors repeated? */
public final class StoriesInquiry implements Inquiry<StoriesInquiry.Told> {
  public static final Question QUESTION =
      new Question(
          "stories",
          "Any number of stories: repeated errors, and whether 50 % fewer",
          "By their beginning, the newest first. An error is repeated when its tool, type and template were met before, in this story or"
              + " earlier in another. Its rate is repeated errors a tool call. Each story is held"
              + " against the first that has 10 repeated errors in 5 sessions, or against A: the"
              + " ratio of the rates with its 95 % interval, whose variance comes from how much"
              + " sessions differ. '50 % fewer' is reached when the whole interval is half or less,"
              + " not reached when all of it is more, else open. It is no proof of a cause: other"
              + " work, other models.",
          List.of(
              new Argument("A", false, "story to hold others against", "1.1"),
              new Argument("OTHERS", false, "only these besides it, a comma between two", "1.2")),
          400,
          new StoriesInquiry());

  private static final Dimension STORY = Dimension.of(Field.STORY_ID);

  /**
   * A story.
   *
   * @param change against the one that is the base; null for that one itself and without one
   */
  record Told(StoryFigures figures, boolean isBase, @Nullable StoryChange change) {
    @Nullable Double known(java.util.function.ToDoubleFunction<StoryChange> value) {
      return change == null || change.goal() == StoryChange.Goal.TOO_FEW
          ? null
          : (Double) value.applyAsDouble(change);
    }

    String words() {
      if (isBase) {
        return "held against this one";
      }
      if (change == null) {
        return "-";
      }
      String goal = change.goal().words();
      return known(StoryChange::ratio) == null
          ? goal
          : "x "
              + Units.decimal(change.ratio(), 2)
              + " ("
              + Units.decimal(change.low(), 2)
              + " to "
              + Units.decimal(change.high(), 2)
              + "), "
              + goal;
    }
  }

  @Override
  public List<Column<Told>> columns() {
    return List.of(
        Column.text("story", "the story", t -> t.figures().story()),
        Column.whole("sessions", "its sessions", t -> (long) t.figures().sessions()),
        Column.whole("tool_calls", "its tool calls", t -> t.figures().calls()),
        Column.whole("errors", "its errors of agents and tools", t -> t.figures().errors()),
        Column.whole("repeated_errors", "those that were met before", t -> t.figures().repeated()),
        Column.real("rate", "repeated errors a tool call", t -> t.figures().rate() / 100),
        Column.real(
            "ratio",
            "its rate over that of the base; null for the base and when there is too little",
            t -> t.known(StoryChange::ratio)),
        Column.real("ratio_low", "lower end of the 95 % interval", t -> t.known(StoryChange::low)),
        Column.real("ratio_high", "upper end", t -> t.known(StoryChange::high)),
        Column.text(
            "goal",
            "50 % fewer: reached, not reached, open: it may be either, too few to tell; null for"
                + " the base",
            t -> t.change() == null ? null : t.change().goal().words()));
  }

  @Override
  public boolean namesStories() {
    return true;
  }

  @Override
  public Result<Told> ask(Selection selection) {
    LearnedFacts learned = selection.learning().facts();
    List<StoryFigures> stories = stories(selection, learned);
    StoryFigures base = base(selection, stories);
    List<Told> rows = new ArrayList<>();
    List<String> others = others(selection, stories);
    for (StoryFigures each : stories.reversed()) {
      if (!others.isEmpty() && each != base && !others.contains(each.story())) {
        continue;
      }
      boolean isBase = each == base;
      rows.add(new Told(each, isBase, isBase || base == null ? null : StoryChange.of(base, each)));
    }
    long reached =
        rows.stream()
            .map(Told::change)
            .filter(change -> change != null && change.goal() == StoryChange.Goal.REACHED)
            .count();
    String found =
        Units.count(rows.size())
            + (rows.size() == 1 ? " story" : " stories")
            + (base == null
                ? "; none has 10 repeated errors in 5 sessions to hold others against"
                : "; 50 % fewer repeated errors in " + Units.count(reached));
    return new Result<Told>()
        .rows(rows)
        .cell("story", (t, wording) -> wording.name(t.figures().story()))
        .cell(">sessions", (t, _) -> Units.count(t.figures().sessions()))
        .cell(">calls", (t, _) -> Units.count(t.figures().calls()))
        .cell(">repeated", (t, _) -> Units.count(t.figures().repeated()))
        .cell(">in 100 calls", (t, _) -> Units.decimal(t.figures().rate(), 2))
        .cell("50 % fewer", (t, _) -> t.words())
        .heading(
            wording -> "Stories, " + selection.window(wording) + ": " + found,
            wording -> "Stories, " + selection.window(wording) + ": " + found)
        .hint(reader -> twoOf(stories, reader))
        .total("stories", (long) rows.size())
        .total("base", base == null ? null : base.story())
        .total("reached", reached);
  }

  private static String twoOf(List<StoryFigures> stories, Reader reader) {
    if (stories.size() < 2) {
      return "Its errors: " + reader.ask("errors");
    }
    String first = stories.getFirst().story();
    String last = stories.getLast().story();
    return "Two of them in full: " + reader.ask("compare", "A", first, "B", last);
  }

  /** By their beginning. */
  private static List<StoryFigures> stories(Selection selection, LearnedFacts learned) {
    List<Group> groups =
        new ArrayList<>(
            selection.group(Filter.EVERYTHING, List.of(STORY), List.of(Measures.FIRST)));
    groups.sort(Comparator.comparingLong(group -> group.count(Measures.FIRST)));
    List<String> names = new ArrayList<>();
    for (Group group : groups) {
      String name = group.text(STORY);
      String story = name == null ? Narrowing.DEFAULT_STORY : name;
      if (!names.contains(story)) {
        names.add(story);
      }
    }
    List<ErrorFact> all = learned.all(ErrorFact.class);
    return Stories.of(names, all, selection.taking(), selection.filter(), selection.store());
  }

  /** Those that are named; empty for all. */
  private static List<String> others(Selection selection, List<StoryFigures> stories) {
    List<String> asked = selection.call().arguments();
    List<String> others = new ArrayList<>();
    for (String each : asked.size() < 2 ? new String[0] : asked.get(1).split(",")) {
      String name = each.strip();
      if (!name.isEmpty() && stories.stream().noneMatch(story -> story.story().equals(name))) {
        throw Absence.notFound(selection, "story", name, Field.STORY_ID);
      }
      others.add(name);
    }
    others.remove("");
    return others;
  }

  private static @Nullable StoryFigures base(Selection selection, List<StoryFigures> stories) {
    List<String> asked = selection.call().arguments();
    if (asked.isEmpty() || asked.getFirst().isBlank()) {
      return stories.stream().filter(StoryChange::canBeHeldAgainst).findFirst().orElse(null);
    }
    String name = asked.getFirst();
    return stories.stream()
        .filter(story -> story.story().equals(name))
        .findFirst()
        .orElseThrow(() -> Absence.notFound(selection, "story", name, Field.STORY_ID));
  }
}
