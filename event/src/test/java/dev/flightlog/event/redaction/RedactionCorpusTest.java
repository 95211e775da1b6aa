package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The floor under recall and precision; {@link RedactionMeasure} prints the figures themselves. */
class RedactionCorpusTest {
  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
  private final List<SecretCorpus.Line> lines = SecretCorpus.lines(SecretCorpus.SEED);
  private final RedactionScore score = RedactionScore.of(redactor, lines);

  @Test
  void theCorpusHasAtLeastTwoThousandLines() {
    assertThat(lines).hasSizeGreaterThanOrEqualTo(2000);
  }

  @Test
  void knownFormatsAreFoundAndLittleElseIs() {
    assertThat(score.known.recall()).as("%s", score.misses).isGreaterThanOrEqualTo(0.998);
    assertThat(score.known.precision()).as("%s", score.falseHits).isGreaterThanOrEqualTo(0.995);
  }

  @Test
  void secretsKnownByNameAreFoundAndLittleElseIs() {
    assertThat(score.generic.recall()).as("%s", score.misses).isGreaterThanOrEqualTo(0.98);
    assertThat(score.generic.precision()).as("%s", score.falseHits).isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void redactingTwiceChangesNothing() {
    for (SecretCorpus.Line line : lines) {
      String once = redactor.redact(line.text());
      assertThat(redactor.redact(once)).as("seed %d", SecretCorpus.SEED).isEqualTo(once);
    }
  }
}
