package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the place of a file of a home costs that file, is told, and holds nobody up. */
class OddHomeTest {
  private static final List<String> FILES =
      List.of(
          "prices.json",
          "budgets.json",
          "alerts.json",
          "forwarding.json",
          "lifecycle.json",
          "rules.jsonl",
          "trials.jsonl",
          "tokens.json",
          "server.json",
          "sources.jsonl");

  private static final List<List<String>> CALLS =
      List.of(
          List.of("ask", "errors"),
          List.of("doctor"),
          List.of("budget"),
          List.of("alerts"),
          List.of("rules"),
          List.of("sources"),
          List.of("prices"));

  @TempDir Path user;

  private enum Odd {
    FOLDER {
      @Override
      void make(Path path) throws IOException {
        Files.createDirectory(path);
      }
    },
    PIPE {
      @Override
      void make(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
      }
    },
    ENDLESS {
      @Override
      void make(Path path) throws IOException {
        Files.createSymbolicLink(path, Path.of("/dev/zero"));
      }
    },
    DANGLING {
      @Override
      void make(Path path) throws IOException {
        Files.createSymbolicLink(path, Path.of("/nowhere/at/all"));
      }
    };

    abstract void make(Path path) throws Exception;
  }

  @Test
  void noCommandWaitsForWhatIsNoFileAndQuestionsAreAnswered() throws Exception {
    Shell shell = new Shell(user);
    assertThat(shell.call("record", "deployed", "--field", "success=true")).isZero();
    for (String name : FILES) {
      // Each of them once, those that could hold somebody up in the place of every file.
      boolean all = name.equals("sources.jsonl");
      for (Odd odd : all ? List.of(Odd.values()) : List.of(Odd.FOLDER, Odd.PIPE)) {
        Path file = shell.home.resolve(name);
        Files.deleteIfExists(file);
        odd.make(file);
        for (List<String> words : CALLS) {
          String what = String.join(" ", words) + " with " + odd + " as " + name;
          int code =
              assertTimeoutPreemptively(
                  Duration.ofSeconds(60), () -> shell.call(words.toArray(String[]::new)), what);
          assertThat(shell.err).as(what).doesNotContain("a fault of Flightlog", "    at ");
          if (words.contains("ask")) {
            assertThat(code).as(what + shell.err).isZero();
            assertThat(shell.out).as(what).startsWith("Errors, all time: none");
          }
        }
        Files.deleteIfExists(file);
      }
    }
  }
}
