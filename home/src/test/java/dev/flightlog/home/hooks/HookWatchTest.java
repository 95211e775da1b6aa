package dev.flightlog.home.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.formats.hooks.HookProgram;
import dev.flightlog.home.Home;
import dev.flightlog.recorder.FlightRecorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookWatchTest {
  private static final String ASKS =
      "{\"session_id\":\"s1\",\"cwd\":\"/srv/shop\",\"hook_event_name\":\"Notification\","
          + "\"notification_type\":\"permission_prompt\",\"message\":\"needs your permission\"}";

  @TempDir Path folder;

  /** The next look by the clock is an hour away, so it can only be that of the hook. */
  @Test
  void theIndexLooksSoonAfterAHookWithoutWaitingForTheNextLook()
      throws IOException, InterruptedException {
    Home home = Home.open(folder.resolve("home"), Map.of());
    home.folder();
    Semaphore looked = new Semaphore(0);
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig())) {
      HookIntake intake = new HookIntake(home, recorder);
      try (HookWatch watch = new HookWatch(home, intake, looked::release)) {
        watch.start(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
          byte[] body = ASKS.getBytes(StandardCharsets.UTF_8);
          assertThat(intake.take(HookProgram.CLAUDE, body, 1_000_000L * i))
              .isInstanceOf(Receipt.Kept.class);
          watch.received();
          assertThat(looked.tryAcquire(60, TimeUnit.SECONDS)).as("look %d", i).isTrue();
        }
      }
    }
  }
}
