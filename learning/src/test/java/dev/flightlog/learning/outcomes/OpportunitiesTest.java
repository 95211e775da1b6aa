package dev.flightlog.learning.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.learning.rules.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpportunitiesTest {
  private static final Instant START = Instant.parse("2026-01-10T09:00:00Z");
  private final List<Event> session = new ArrayList<>();

  private void add(String type, Map<String, Object> details) {
    session.add(
        Event.builder(
                EventIds.ofKey("e" + session.size()),
                START.plusSeconds(60L * session.size()),
                type,
                Category.EXECUTION)
            .set(Field.SESSION_ID, "s")
            .set(Field.SUCCESS, true)
            .details(details)
            .build());
  }

  private void said(String text) {
    add(EventTypes.USER_PROMPT, Map.of("text", text));
  }

  private void called(String tool, Map<String, Object> input) {
    add(EventTypes.TOOL_CALL, Map.of("tool", tool, "input", input));
  }

  private void asked(String heading) {
    called(
        "AskUserQuestion",
        Map.of("questions", List.of(Map.of("header", heading, "question", "Which one?"))));
  }

  /** What went wrong of what could, as "2 of 5". */
  private String counted(Measure measure, Set<String> tools, String program, String... classes) {
    Opportunities wanted =
        new Opportunities(measure, new TreeSet<>(tools), program, new TreeSet<>(List.of(classes)));
    Opportunities.Reader reader = wanted.reader();
    int all = 0;
    int wrong = 0;
    for (Event event : session) {
      if (wanted.events().matches(event)) {
        var seen = reader.see(event);
        all += seen.isPresent() ? 1 : 0;
        wrong += seen.filter(Opportunities.Opportunity::failed).isPresent() ? 1 : 0;
      }
    }
    return wrong + " of " + all;
  }

  @Test
  void correctionsOfTheRulesKindsAreCountedAmongThePromptsAfterTheFirst() {
    said("no, revert that");
    said("now add a test for the parser");
    said("no, revert that, I only asked for a test");
    said("<command-name>/clear</command-name>");
    said("that is the wrong file");
    assertThat(counted(Measure.CORRECTIONS, Set.of(), "", "correction unasked"))
        .isEqualTo("1 of 3");
    assertThat(
            counted(
                Measure.CORRECTIONS, Set.of(), "", "correction unasked", "correction wrong_place"))
        .isEqualTo("2 of 3");
  }

  @Test
  void questionsOnTheRulesTopicAreCountedAmongPromptsAndThemselves() {
    said("add a test for the parser");
    asked("Test style");
    asked("Zebra");
    said("the usual one");
    assertThat(counted(Measure.QUESTIONS, Set.of(), "", "question tests")).isEqualTo("1 of 3");
  }

  @Test
  void runsOfTheCheckAreCountedAndThoseThatNothingAskedFor() {
    said("build it");
    called("Bash", Map.of("command", "npm run build"));
    called("Bash", Map.of("command", "npm run build 2>&1 | tail -5"));
    called("Bash", Map.of("command", "npm run lint"));
    called("Edit", Map.of("file_path", "/a", "old_string", "b", "new_string", "c"));
    called("Bash", Map.of("command", "npm run build"));
    assertThat(counted(Measure.RERUNS, Set.of("Bash"), "npm run build")).isEqualTo("1 of 3");
  }

  @Test
  void ofAdviceNothingIsCounted() {
    said("build it");
    called("Bash", Map.of("command", "npm run build"));
    assertThat(counted(Measure.NOTHING, Set.of("Bash"), "npm run build")).isEqualTo("0 of 0");
  }
}
