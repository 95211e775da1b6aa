package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final Instant CALLED = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void aCallAndItsResultBecomeOneEventWithItsDuration() {
    Event call = call().details(Map.of("tool", "Bash", "input", "{}")).build();
    Event result =
        Event.builder(call.id(), CALLED.plusMillis(1500), EventTypes.TOOL_CALL, Category.EXECUTION)
            .set(Field.SUCCESS, false)
            .details(Map.of("error_type", "exit code 1", Merge.RESULT_AT, "2026-01-01T10:00:01.5Z"))
            .build();
    Event joined = Merge.combine(call, result);
    assertThat(joined.timestamp()).isEqualTo(CALLED);
    assertThat(joined.integer(Field.DURATION_MS)).isEqualTo(1500);
    assertThat(joined.flag(Field.SUCCESS)).isFalse();
    assertThat(joined.details())
        .containsEntry("tool", "Bash")
        .containsEntry("error_type", "exit code 1");
  }

  @Test
  void whatGoesBeyondTheMeasuredTimeOfACallWasWaitingWhoeverToldIt() {
    Event asked = call().details(Map.of("tool", "Bash", "waiting_ms", 0)).build();
    Event measured =
        Event.builder(asked.id(), CALLED.plusMillis(900), EventTypes.TOOL_CALL, Category.EXECUTION)
            .details(Map.of(Merge.RUNNING_MS, 500))
            .build();
    Event ended =
        Event.builder(asked.id(), CALLED.plusMillis(1500), EventTypes.TOOL_CALL, Category.EXECUTION)
            .details(Map.of(Merge.RESULT_AT, "2026-01-01T10:00:01.5Z"))
            .build();
    for (List<Event> order :
        List.of(List.of(asked, measured, ended), List.of(ended, measured, asked))) {
      assertThat(all(order).detailNumber("waiting_ms")).isEqualTo(1000L);
    }
  }

  @Test
  void theUsageOfAModelCallComesWholeFromTheLargestReport() {
    Event early = model(110, Map.of("output_tokens", 10, "input_tokens", 100, "cost_usd", 0.9));
    Event late = model(150, Map.of("output_tokens", 50, "input_tokens", 100));
    for (Event joined : List.of(Merge.combine(early, late), Merge.combine(late, early))) {
      assertThat(joined.integer(Field.TOKENS_USED)).isEqualTo(150);
      assertThat(joined.detailNumber("output_tokens")).isEqualTo(50L);
      assertThat(joined.details()).doesNotContainKey("cost_usd");
    }
  }

  @Test
  void theOrderOfReportsDoesNotMatterAndRepeatingThemChangesNothing() {
    Random random = new Random(5);
    for (int round = 0; round < 5_000; round++) {
      List<Event> reports = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        reports.add(randomReport(random));
      }
      Event expected = all(reports);
      Collections.shuffle(reports, random);
      Event other = all(reports);
      assertThat(view(other)).as("seed 5, round %d", round).isEqualTo(view(expected));
      for (Event report : reports) {
        assertThat(Merge.combine(other, report)).isSameAs(other);
      }
    }
  }

  private static Event all(List<Event> reports) {
    return reports.stream().reduce(Merge::combine).orElseThrow();
  }

  private static Map<String, Object> view(Event event) {
    Map<String, Object> view = new LinkedHashMap<>();
    for (Field field : Field.values()) {
      view.put(
          field.wireName(),
          String.valueOf(field == Field.DETAILS ? event.details() : event.get(field)));
    }
    view.put("details", event.details());
    return view;
  }

  private static Event randomReport(Random random) {
    boolean model = random.nextBoolean();
    Event.Builder out =
        Event.builder(
            EventIds.ofKey("x"),
            CALLED.plusMillis(random.nextInt(3)),
            EventTypes.MODEL_CALL,
            Category.EXECUTION);
    if (random.nextBoolean()) {
      out.set(Field.TOKENS_USED, (long) random.nextInt(3));
    }
    if (random.nextBoolean()) {
      out.set(Field.SUCCESS, random.nextBoolean());
    }
    if (random.nextBoolean()) {
      out.set(Field.AGENT_NAME, List.of("main", "explore", "plan").get(random.nextInt(3)));
    }
    Map<String, Object> details = new LinkedHashMap<>();
    for (String key : List.of("input_tokens", "cost_usd", "message", "model", "n")) {
      if (random.nextInt(3) > 0) {
        details.put(
            key,
            key.endsWith("s") || key.equals("n") ? random.nextInt(3) : "v" + random.nextInt(3));
      }
    }
    if (model && random.nextBoolean()) {
      details.put(
          Merge.RESULT_AT, Timestamps.text(Timestamps.of(CALLED.plusMillis(random.nextInt(5)))));
    }
    if (random.nextInt(3) == 0) {
      details.put(Merge.RUNNING_MS, random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      details.put(Merge.WAITED_MS, random.nextInt(4));
    }
    if (random.nextInt(5) == 0) {
      details.put(Merge.BACKGROUND, true);
    }
    return out.details(details).build();
  }

  private static Event.Builder call() {
    return Event.builder(
        EventIds.ofKey("tool_call:1"), CALLED, EventTypes.TOOL_CALL, Category.EXECUTION);
  }

  private static Event model(long tokens, Map<String, Object> details) {
    return Event.builder(
            EventIds.ofKey("model_call:1"), CALLED, EventTypes.MODEL_CALL, Category.EXECUTION)
        .set(Field.TOKENS_USED, tokens)
        .details(details)
        .build();
  }
}
