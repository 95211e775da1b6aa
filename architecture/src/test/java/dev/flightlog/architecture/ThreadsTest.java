package dev.flightlog.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final Set<String> BARE = Set.of("scheduleWithFixedDelay", "scheduleAtFixedRate");

  /** What throws once is never run again by the library's clock, and nobody hears of it. */
  @Test
  void whatIsDoneAgainAndAgainIsDoneByAPeriodicThread() {
    List<String> bare =
        Tree.CLASSES.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> BARE.contains(call.getTarget().getName()))
            .map(call -> Tree.outermost(call.getOriginOwner()).getName())
            .distinct()
            .sorted()
            .toList();
    // The appender runs on the clock of Logback, and knows nothing of tasks.
    assertThat(bare)
        .containsExactly(
            "dev.flightlog.logback.FlightlogAppender", "dev.flightlog.tasks.PeriodicThread");
  }
}
