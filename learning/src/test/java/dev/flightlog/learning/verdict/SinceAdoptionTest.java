package dev.flightlog.learning.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.learning.exposure.Purpose;
import dev.flightlog.learning.exposure.Terms;
import dev.flightlog.learning.exposure.Trial;
import dev.flightlog.learning.outcomes.Opportunities;
import dev.flightlog.learning.rules.Rule;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SinceAdoptionTest {
  private static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
  private static final Rule RULE =
      new Rule(
          "aaaaaaaaaaaa",
          "Edit file_not_read | READ_FIRST",
          "Read a file first.",
          new Rule.Opportunity("Edit", ""),
          30,
          300,
          0.1,
          20,
          10,
          15,
          List.of());
  private final TrialWorld world = new TrialWorld(3, BEGIN);
  private final Trial trial = Trial.of(RULE, 1, Purpose.TRIAL, Terms.standard(), BEGIN, 100);
  private int sessions;

  private void sessions(int count, double rate, String model) {
    for (int i = 0; i < count; i++) {
      String id = "s" + sessions++;
      world.session(id, id, trial, rate, 8, model);
    }
  }

  private BeforeAfter.Said said(Instant adopted) {
    return SinceAdoption.of(Opportunities.of(RULE), adopted, world.store).said();
  }

  @Test
  void fewerErrorsOfTheSameModelAreWeakEvidence() {
    sessions(40, 0.3, "opus");
    Instant adopted = world.now().plusSeconds(1);
    sessions(40, 0.02, "opus");
    assertThat(said(adopted)).isEqualTo(BeforeAfter.Said.WORKS);
  }

  @Test
  void fewerErrorsOfAnotherModelCannotBeKnown() {
    sessions(40, 0.3, "opus");
    Instant adopted = world.now().plusSeconds(1);
    sessions(40, 0.02, "sonnet");
    assertThat(said(adopted)).isEqualTo(BeforeAfter.Said.MODEL_CHANGED);
  }

  @Test
  void aFewSessionsAreNoEvidence() {
    sessions(40, 0.3, "opus");
    Instant adopted = world.now().plusSeconds(1);
    sessions(9, 0, "opus");
    assertThat(said(adopted)).isEqualTo(BeforeAfter.Said.NO_EVIDENCE);
  }
}
