package dev.flightlog.wording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  @Test
  void findsWhatWasMeantByEditsAndParts() {
    List<String> known = List.of("errors", "agents", "tools", "tokens", "performance");
    assertThat(Nearest.to("eror", known, 1)).containsExactly("errors");
    assertThat(Nearest.to("tokesn", known, 1)).containsExactly("tokens");
    assertThat(Nearest.to("PERF", known, 1)).containsExactly("performance");
    assertThat(Nearest.to("weather", known, 1)).isEmpty();
  }

  @Test
  void aSwapOfNeighboursIsOneEdit() {
    assertThat(Nearest.distance("abdc", "abcd")).isEqualTo(1);
    assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void namesOfAnyLengthAreComparedQuickly() {
    assertThat(Nearest.to("x".repeat(1_000_000), List.of("y".repeat(1_000_000)), 1)).isEmpty();
  }
}
