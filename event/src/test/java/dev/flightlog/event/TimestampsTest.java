package dev.flightlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampsTest {
  @Test
  void everyMicrosecondComesBackFromItsText() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      long micros = random.nextLong(-62_167_219_200_000_000L, 253_402_300_800_000_000L);
      String text = Timestamps.text(micros);
      assertThat(text).as("seed 3, round %d", i).hasSize(32).endsWith("+00:00");
      assertThat(Timestamps.parse(text)).as(text).isEqualTo(micros);
      assertThat(Instant.parse(text)).as(text).isEqualTo(Timestamps.instant(micros));
    }
  }

  @Test
  void otherFormsOfATimeAreUnderstood() {
    long expected = Timestamps.of(Instant.parse("2025-09-23T14:10:23.908Z"));
    for (String text :
        new String[] {
          "2025-09-23T14:10:23.908Z",
          "2025-09-23t14:10:23.908z",
          "2025-09-23 14:10:23,908",
          "2025-09-23T14:10:23.908",
          "2025-09-23T16:10:23.908+02:00",
          "2025-09-23T16:10:23.908+0200",
          "2025-09-23T16:10:23.908+02",
          "2025-09-23T14:10:23.908000999Z"
        }) {
      assertThat(Timestamps.parse(text)).as(text).isEqualTo(expected);
    }
    assertThat(Timestamps.parse("2025-09-23"))
        .isEqualTo(Timestamps.of(Instant.parse("2025-09-23T00:00:00Z")));
    assertThat(Timestamps.ofEpochNumber(1758636623.908)).isEqualTo(expected);
    assertThat(Timestamps.ofEpochNumber(1758636623908.0)).isEqualTo(expected);
  }

  @Test
  void whatIsNoTimeIsNone() {
    for (String text :
        new String[] {
          "",
          "yesterday",
          "2025-13-01",
          "2025-02-30",
          "2025-09-23T",
          "2025-09-23T25:00:00Z",
          "2025-09-23T14:10:23.",
          "2025-09-23T14:10:23+2",
          "2025-09-23T14:10:23 GMT",
          "20250923T141023Z",
          "2025-09-23T14:1"
        }) {
      assertThat(Timestamps.parse(text)).as(text).isEqualTo(Timestamps.NONE);
    }
    assertThat(Timestamps.ofEpochNumber(42)).isEqualTo(Timestamps.NONE);
  }
}
