package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that nobody wants: too much of it, on one line, or no text at all. */
class FloodTest {
  private static final long LIMIT = 1 << 20;

  @TempDir Path home;
  private Bench bench;

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(home, Bench.AT_ONCE, LIMIT);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskId shell(String script) throws IOException, InterruptedException {
    return bench.run("sh", "-c", script);
  }

  private void isCut(TaskId id) throws IOException {
    TaskResult result = bench.folders.result(id).orElseThrow();
    assertThat(result.success()).as(String.valueOf(result.error())).isTrue();
    Path file = bench.folders.file(id, TaskFile.AGENT_OUTPUT).orElseThrow();
    assertThat(Files.size(file)).isLessThanOrEqualTo(LIMIT);
    assertThat(Files.readString(file))
        .contains("output cut here: the file has reached its limit")
        .contains("bytes of output were not kept");
  }

  @Test
  void outputBeyondTheLimitIsReadAndDroppedAndTheAgentGoesOn() throws Exception {
    isCut(shell("yes 'a line of some length' | head -c 100000000; echo"));
  }

  @Test
  void oneEndlessLineIsCutToo() throws Exception {
    isCut(shell("head -c 100000000 /dev/zero | tr '\\0' x; echo"));
  }

  @Test
  void binaryOutputBecomesLinesOfValidJson() throws Exception {
    TaskId id = shell("head -c 300000 /dev/urandom; echo; echo the end");
    assertThat(bench.folders.result(id).orElseThrow().result()).isEqualTo("the end");
    Path file = bench.folders.file(id, TaskFile.AGENT_OUTPUT).orElseThrow();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      assertThat(lines.lines()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }
  }

  @Test
  void aSecretOnTheBorderOfTwoPiecesOfALineIsFound() throws Exception {
    String secret = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    // 5 MiB of one line, with a secret somewhere in every stretch of some thousand bytes.
    TaskId id =
        shell(
            "i=0; while [ $i -lt 1300 ]; do head -c 4001 /dev/zero | tr '\\0' ' '; printf 'k "
                + secret
                + " '; i=$((i+1)); done");
    String text = bench.text(id, TaskFile.AGENT_OUTPUT);
    assertThat(text).doesNotContain("J0k1L2m3N4o5P6").contains("[redacted:");
  }

  @Test
  void charactersOnTheBordersOfPiecesStayWhole() throws Exception {
    try (Bench large = new Bench(home.resolve("large"), Bench.AT_ONCE, 64 << 20)) {
      // Ten bytes each time, in characters of one to four bytes.
      TaskId id = large.run("sh", "-c", "yes '€ü😀x' | tr -d '\\n' | head -c 1500000 >&2");
      String text = large.text(id, TaskFile.AGENT_OUTPUT);
      assertThat(text).doesNotContain("\ufffd").contains("😀x€ü");
      assertThat(text.chars().filter(c -> c == 'ü').count()).isEqualTo(150_000);
    }
  }

  @Test
  void theResultIsWhatAPersonWouldSeeOfTheLastLine() throws Exception {
    String colours =
        "printf '\\033[1;32mall \\033]8;;http://x\\007done\\033[0m\\n\\033[0m\\033[?25h\\n'";
    assertThat(bench.folders.result(shell(colours)).orElseThrow().result()).isEqualTo("all done");
    String progress = "printf ' 10%%\\r 50%%\\r100%%\\r\\n'";
    assertThat(bench.folders.result(shell(progress)).orElseThrow().result()).isEqualTo("100%");
    try (Bench small = new Bench(home.resolve("small"), Bench.AT_ONCE, 64 * 1024)) {
      TaskId id = small.run("sh", "-c", "yes line | head -c 500000; " + colours);
      assertThat(small.folders.result(id).orElseThrow().result()).isEqualTo("all done");
    }
    TaskId failed = shell("printf '\\033[31mno such thing\\033[0m\\n\\033[0m\\n' >&2; exit 3");
    assertThat(bench.folders.result(failed).orElseThrow().error())
        .endsWith(": no such thing (the last of 3 attempts)");
  }

  @Test
  void anAgentThatFloodsIsStillEndedInTime() throws Exception {
    long start = System.nanoTime();
    bench.agents.put(
        "agent", AgentCommand.of("agent", java.util.List.of("yes")).timeout(Duration.ofSeconds(1)));
    TaskId id = bench.task("yes", "x");
    bench.worker().runReady();
    assertThat(bench.folders.result(id).orElseThrow().error()).contains("longer than its 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aResultBehindTheLimitIsTheLastLine() throws Exception {
    try (Bench bench = new Bench(home, Bench.AT_ONCE, 64 * 1024)) {
      TaskId id = bench.run("sh", "-c", "yes line | head -c 500000; echo 'THE END'; echo");
      assertThat(bench.folders.result(id).orElseThrow().result()).isEqualTo("THE END");
      String key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
      TaskId secret = bench.run("sh", "-c", "yes line | head -c 500000; echo 'is " + key + "'");
      assertThat(bench.folders.result(secret).orElseThrow().result())
          .startsWith("is [redacted")
          .doesNotContain(key);
    }
  }
}
