package dev.flightlog.learning.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.learning.verdict.BeforeAfter.Change;
import dev.flightlog.learning.verdict.BeforeAfter.Said;
import dev.flightlog.learning.verdict.BeforeAfter.Share;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two rules that were really added to the CLAUDE.md of github.com/entireio/cli. */
class BeforeAfterTest {

  @Test
  void parallelTestsWereMoreFrequentAfterTheRuleWhichIsWeakEvidence() {
    Change tests = new Change(Share.of(41, 352), Share.of(206, 244), true);
    assertThat(BeforeAfter.judge(tests).words())
        .isEqualTo("works (before/after only, weak evidence)");
  }

  @Test
  void checksBeforeCommitsCannotBeKnownForTheModelChangedAndOneModelShowsNothing() {
    Change oneModel = new Change(new Share(0.31, 0.22), new Share(0.47, 0.27), true);
    assertThat(BeforeAfter.judgeWithin(List.of(oneModel)).words())
        .isEqualTo("cannot be known: the model changed");
    assertThat(BeforeAfter.judgeWithin(List.of())).isEqualTo(Said.MODEL_CHANGED);
  }

  @Test
  void whatOneModelShowsOnBothSidesCountsUnlessAnotherShowsTheOpposite() {
    Change better = new Change(Share.of(90, 300), Share.of(20, 300), false);
    Change worse = new Change(Share.of(20, 300), Share.of(90, 300), false);
    Change equal = new Change(Share.of(20, 300), Share.of(21, 300), false);
    assertThat(BeforeAfter.judgeWithin(List.of(better, equal))).isEqualTo(Said.WORKS);
    assertThat(BeforeAfter.judgeWithin(List.of(worse))).isEqualTo(Said.HARMS);
    assertThat(BeforeAfter.judgeWithin(List.of(better, worse))).isEqualTo(Said.MODEL_CHANGED);
    assertThat(BeforeAfter.judge(equal)).isEqualTo(Said.NO_EVIDENCE);
  }

  @Test
  void aShareNeedsCases() {
    assertThatThrownBy(() -> Share.of(0, 0)).hasMessageContaining("0 of 0");
    assertThat(Share.of(0, 1).halfWidth()).isGreaterThan(0.3);
  }
}
