package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that cannot be written is told once, by the logging of the platform. */
class WarningsTest {
  @TempDir Path folder;

  private final Logger logger = Logger.getLogger(Warnings.LOGGER);
  private final List<String> told = new CopyOnWriteArrayList<>();

  private List<String> during(Runnable work) {
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            told.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
    try {
      work.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return told;
  }

  @Test
  void aHomeThatCannotBeMadeIsToldOnceAndTheHostGoesOn() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path home = file.resolve("home");
    List<String> warnings =
        during(() -> {
          RecorderConfig config = RecorderConfig.at(home).syncWait(Duration.ofMillis(50));
          try (FlightRecorder recorder = FlightRecorder.open(config)) {
            for (int i = 0; i < 100; i++) {
              recorder.event("x", Category.EXECUTION).log();
            }
            assertThat(recorder.stats().problem()).isNotNull();
          }
        });
    assertThat(warnings.get(0)).contains(home.toString());
    assertThat(warnings).doesNotHaveDuplicates().hasSizeBetween(1, 2);
  }

  @Test
  void aHomeThatIsWellIsNotTold() {
    assertThat(
            during(() -> {
              try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(folder))) {
                recorder.event("x", Category.EXECUTION).log();
              }
            }))
        .isEmpty();
  }
}
