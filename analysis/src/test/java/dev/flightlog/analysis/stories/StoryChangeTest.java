package dev.flightlog.analysis.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether there are half as many repeated errors, and how sure that is. */
class StoryChangeTest {
  /** A story of sessions with 100 calls each, of which so many are repeated errors in turn. */
  private static StoryFigures story(int sessions, long... inTurn) {
    List<Long> bySession = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < sessions; i++) {
      bySession.add(inTurn[i % inTurn.length]);
      sum += inTurn[i % inTurn.length];
    }
    return new StoryFigures("s", sessions * 100L, sum * 2, sum, bySession);
  }

  @Test
  void aQuarterOfTheErrorsInManySessionsReachesTheGoal() {
    StoryChange change = StoryChange.of(story(60, 7, 8, 9), story(60, 1, 2, 3));
    assertThat(change.ratio()).isCloseTo(0.25, within(1e-9));
    assertThat(change.high()).isLessThan(0.5);
    assertThat(change.goal()).isEqualTo(StoryChange.Goal.REACHED);
  }

  @Test
  void asManyAsBeforeDoesNotReachIt() {
    StoryChange change = StoryChange.of(story(60, 7, 8, 9), story(60, 7, 8, 9));
    assertThat(change.ratio()).isCloseTo(1, within(1e-9));
    assertThat(change.goal()).isEqualTo(StoryChange.Goal.NOT_REACHED);
  }

  @Test
  void whenSessionsDifferMuchItStaysOpen() {
    StoryChange change = StoryChange.of(story(10, 0, 0, 0, 0, 40), story(10, 0, 0, 0, 0, 16));
    assertThat(change.ratio()).isCloseTo(0.4, within(1e-9));
    assertThat(change.goal()).isEqualTo(StoryChange.Goal.OPEN);
  }

  @Test
  void fewErrorsOrSessionsTellNothing() {
    assertThat(StoryChange.of(story(60, 0, 0, 0, 0, 0, 0, 0, 1), story(60, 0)).goal())
        .isEqualTo(StoryChange.Goal.TOO_FEW);
    assertThat(StoryChange.of(story(60, 5), story(3, 1)).goal())
        .isEqualTo(StoryChange.Goal.TOO_FEW);
  }

  @Test
  void noErrorAtAllIsTheGoal() {
    assertThat(StoryChange.of(story(60, 5, 6, 7), story(60, 0)).goal())
        .isEqualTo(StoryChange.Goal.REACHED);
  }
}
