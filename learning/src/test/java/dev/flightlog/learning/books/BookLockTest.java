package dev.flightlog.learning.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookLockTest {
  private static final int ROUNDS = 100;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whileOneHasItNobodyElseGetsItAndThenTheNextDoes() throws IOException {
    Path file = folder.resolve("rules.lock");
    try (BookLock _ = BookLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(BookLock.take(file, Duration.ofMillis(30))).isEmpty();
    }
    try (BookLock next = BookLock.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(next).isNotNull();
    }
  }

  @Test
  void ofSeveralProcessesThatReadDecideAndWriteNoneOverlooksWhatAnotherWrote() throws Exception {
    Files.writeString(folder.resolve("count"), "0");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Counting.class.getName(),
                  folder.toString())
              .inheritIO()
              .start());
    }
    for (Process each : processes) {
      assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(each.exitValue()).isZero();
    }
    assertThat(folder.resolve("count")).hasContent(String.valueOf(3 * ROUNDS));
  }

  /** A process that adds to a number, again and again. */
  static final class Counting {
    private Counting() {}

    public static void main(String[] folder) throws IOException {
      Path count = Path.of(folder[0], "count");
      for (int i = 0; i < ROUNDS; i++) {
        try (BookLock _ = BookLock.take(Path.of(folder[0], "rules.lock"), LONG).orElseThrow()) {
          Files.writeString(count, String.valueOf(Integer.parseInt(Files.readString(count)) + 1));
        }
      }
    }
  }
}
