package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** The recorder of a program in which recording is turned off. */
class NoRecorderTest {
  private final FlightRecorder none = FlightRecorder.none();

  @Test
  void nothingIsRecordedAndNothingIsTouched() {
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    Object unread =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("nobody needs its text");
          }
        };
    assertThat(none.toolCall("Read").durationMs(45).detail("unread", unread).log())
        .isEqualTo(Durability.DROPPED);
    assertThat(none.event(null, null).details(Map.of("a", 1)).log(Durability.SYNCED))
        .isEqualTo(Durability.DROPPED);
    assertThat(none.error(new IOException("gone"), Map.of())).isEqualTo(Durability.DROPPED);
    assertThat(none.transition("a", "b", 1, "c")).isEqualTo(Durability.DROPPED);
    assertThat(none.log(null)).isEqualTo(Durability.DROPPED);
    assertThat(none.isEnabled()).isFalse();
    assertThat(none.flush()).isTrue();
    assertThat(none.sync()).isTrue();
    none.close();
    assertThat(none.stats()).isEqualTo(new RecorderStats(0, 0, 0, 0, 0, 0, false, null));
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(each -> !threads.contains(each)))
        .noneMatch(each -> each.getName().startsWith("flightlog"));
    assertThat(Files.exists(none.config().basePath())).isFalse();
    assertThat(FlightRecorder.none()).isSameAs(none).hasToString("FlightRecorder[none]");
  }

  @Test
  void workIsDoneAndItsErrorsPass() throws Exception {
    assertThat(none.runAgent("writer", () -> "done")).isEqualTo("done");
    Callable<String> failing =
        () -> {
          throw new IOException("disk");
        };
    assertThatThrownBy(() -> none.runAgent("writer", failing)).isInstanceOf(IOException.class);
    try (OpenScope scope = none.scope().workflow("w").agent("planner").open()) {
      assertThat(scope.wrap(() -> "handed on").call()).isEqualTo("handed on");
    }
    assertThat(none.scope().step(3).call(() -> 7)).isEqualTo(7);
  }

  @Test
  void aBuilderOfItMayBeUsedByAnyThreadAndAgain() throws InterruptedException {
    EventBuilder shared = none.event("x", Category.EXECUTION);
    Thread other = new Thread(() -> shared.agent("a").log());
    other.start();
    other.join();
    assertThat(shared.log()).isEqualTo(Durability.DROPPED);
    assertThat(none.stats().misused()).isZero();
  }

  @Test
  void aRealRecorderIsEnabled(@org.junit.jupiter.api.io.TempDir Path folder) {
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder))) {
      assertThat(recorder.isEnabled()).isTrue();
    }
  }
}
