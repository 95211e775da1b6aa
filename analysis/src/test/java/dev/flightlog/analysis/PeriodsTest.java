package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What charts over time and the first page are made of, over the small world. */
class PeriodsTest {
  private final Answerer answerer = SmallWorld.answerer();

  private static List<@Nullable Object> column(Answer answer, String key) {
    List<? extends Column<?>> columns = answer.question().columns();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      for (int row = 0; columns.get(i).key().equals(key) && row < answer.rowCount(); row++) {
        values.add(answer.value(row, i));
      }
    }
    assertThat(values).as(key).hasSize(answer.rowCount());
    return values;
  }

  private static double sum(Answer answer, String key) {
    double sum = 0;
    for (Object value : column(answer, key)) {
      sum += value instanceof Number number ? number.doubleValue() : 0;
    }
    return sum;
  }

  private Answer activity(String span, @Nullable String timezone) {
    return answerer.ask(
        QuestionCall.of("activity", span)
            .since("2026-01-01")
            .timezone(timezone)
            .maxTokens(1_000_000));
  }

  @Test
  void everySpanAddsUpToTheSame() {
    Answer days = activity("day", null);
    for (Answer other : List.of(activity("hour", null), activity("week", "America/New_York"))) {
      for (String key :
          List.of(
              "events", "tool_calls", "failed_tool_calls", "errors", "cost_usd", "tokens_used")) {
        assertThat(sum(other, key)).as(key).isCloseTo(sum(days, key), within(1e-9));
      }
    }
    assertThat((long) sum(days, "events")).isEqualTo(days.window().get("events"));
  }

  @Test
  void hoursFollowOneAnotherAlsoWhereThereIsNothing() {
    Answer hours =
        answerer.ask(
            QuestionCall.of("activity", "hour")
                .agent("coder")
                .since("2026-01-01")
                .maxTokens(1_000_000));
    List<@Nullable Object> from = column(hours, "from");
    assertThat(column(hours, "events").contains(0L)).isTrue();
    for (int i = 1; i < from.size(); i++) {
      long step =
          Timestamps.parse(String.valueOf(from.get(i - 1)))
              - Timestamps.parse(String.valueOf(from.get(i)));
      assertThat(step).isEqualTo(3_600_000_000L);
    }
  }

  @Test
  void withoutABeginningTheNewestAreShown() {
    Answer hours = answerer.ask(QuestionCall.of("activity", "hour").maxTokens(1_000_000));
    assertThat(hours.rowCount()).isEqualTo(336);
  }

  @Test
  void theWeekIsThatOfTheSameEventsAskedOtherwise() {
    Answer overview = answerer.ask(QuestionCall.of("overview").maxTokens(10_000));
    assertThat(column(overview, "number"))
        .containsExactly("sessions", "cost", "tokens", "failed_calls", "stepped_in", "waiting");
    Answer week =
        answerer.ask(
            QuestionCall.of("activity", "hour")
                .since("2026-01-27T13:00:00Z")
                .until("2026-02-03T13:00:00Z")
                .maxTokens(1_000_000));
    List<@Nullable Object> now = column(overview, "now");
    assertThat(now.get(0)).isEqualTo(Double.valueOf(week.window().get("sessions") + ".0"));
    assertThat((Double) now.get(1)).isCloseTo(sum(week, "cost_usd"), within(1e-9));
    assertThat(now.get(2)).isEqualTo(sum(week, "tokens_used"));
    assertThat((Double) now.get(3))
        .isEqualTo(sum(week, "failed_tool_calls") / sum(week, "results"));
    assertThat((Long) column(overview, "unknown").get(1))
        .isEqualTo((long) sum(week, "unpriced_calls"));
  }
}
