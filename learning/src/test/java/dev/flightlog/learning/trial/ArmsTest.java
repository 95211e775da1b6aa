package dev.flightlog.learning.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmsTest {
  private static final byte[] KEY = "a key of a trial, 32 bytes long.".getBytes(UTF_8);

  @Test
  void aSessionKeepsItsArm() {
    assertThat(new Arms(KEY, 0.5).exposed("s-1")).isEqualTo(new Arms(KEY, 0.5).exposed("s-1"));
  }

  @Test
  void asManySessionsAreExposedAsTheShareSays() {
    for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      Arms arms = new Arms(KEY, share);
      long exposed = IntStream.range(0, 20_000).filter(i -> arms.exposed("session-" + i)).count();
      assertThat(exposed / 20_000.0).isCloseTo(share, within(0.015));
    }
  }

  @Test
  void twoTrialsDrawIndependently() {
    Arms one = new Arms(KEY, 0.5);
    Arms other = new Arms("another key, just as long as it.".getBytes(UTF_8), 0.5);
    long same =
        IntStream.range(0, 20_000)
            .filter(i -> one.exposed("session-" + i) == other.exposed("session-" + i))
            .count();
    assertThat(same / 20_000.0).isCloseTo(0.5, within(0.015));
  }

  @Test
  void aKeyThatIsTooShortOrAShareThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new Arms(new byte[3], 0.5)).hasMessageContaining("16 bytes");
    assertThatThrownBy(() -> new Arms(KEY, 1.5)).hasMessageContaining("between 0 and 1");
  }
}
