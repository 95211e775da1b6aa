package dev.flightlog.analysis.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Since;
import dev.flightlog.event.Timestamps;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinceTest {
  private static final long NOW = Timestamps.of(Instant.parse("2026-02-03T12:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "36h, 2026-02-02T00:00:00Z",
    "7d, 2026-01-27T12:00:00Z",
    "4w, 2026-01-06T12:00:00Z",
    "90s, 2026-02-03T11:58:30Z",
    "15m, 2026-02-03T11:45:00Z",
    "0d, 2026-02-03T12:00:00Z",
    "2026-01-31, 2026-01-31T00:00:00Z",
    "2026-01-31T09:00:00Z, 2026-01-31T09:00:00Z",
    "2026-01-31T09:00:00+02:00, 2026-01-31T07:00:00Z",
    "2026-01-31T09:00, 2026-01-31T09:00:00Z",
    "2026-01-31 09:00:00.5, 2026-01-31T09:00:00.5Z",
    "' 7d ', 2026-01-27T12:00:00Z"
  })
  void readsLengthsDatesAndTimesAsUtcWhenTheyHaveNoZone(String text, Instant expected) {
    assertThat(Timestamps.instant(Since.parse(text, "--since", NOW, ZoneOffset.UTC)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "d",
        "7x",
        "-7d",
        "1.5d",
        "yesterday",
        "2026-02-30",
        "2026-13-01",
        "9999999999999999w",
        "2026-01-31T25:00:00Z",
        "\u202e7d",
        "７d"
      })
  void refusesAnythingElseAndNamesTheForms(String text) {
    assertThatThrownBy(() -> Since.parse(text, "--since", NOW, ZoneOffset.UTC))
        .isInstanceOf(QuestionException.class)
        .hasMessageStartingWith("--since '")
        .hasMessageContaining("36h, 7d or 4w")
        .hasMessageContaining("2026-01-31T09:00:00Z (UTC when it has no zone)")
        .hasMessageNotContaining("\u202e");
  }
}
