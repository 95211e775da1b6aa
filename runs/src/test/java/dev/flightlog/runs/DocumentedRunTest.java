package dev.flightlog.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the guide is compiled and run as it stands there. */
class DocumentedRunTest {
  private static final Path GUIDE = Path.of("..", "docs", "guide", "runs.md");

  @TempDir Path folder;

  @Test
  void theCodeOfTheGuideLogsARun() throws Exception {
    String page = Files.readString(GUIDE);
    int programs = 0;
    for (MatchResult block :
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .collect(Collectors.toList())) {
      runs(block.group(1), ++programs);
    }
    assertThat(programs).isPositive();
    Path run = folder.resolve("runs/baes/abc123");
    assertThat(run.resolve("logs/step_001/adapter.log")).isNotEmptyFile();
    assertThat(run.resolve("run.tar.gz")).isNotEmptyFile();
    assertThat(Files.readString(run.resolve("logs_summary.txt")))
        .contains(
            "Step 001: SUCCESS", "(prompt/completion/total): 1234 / 567 / 1801", "which database?");
  }

  private void runs(String code, int number) throws IOException, InterruptedException {
    String imports =
        code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String rest =
        code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    Path program = folder.resolve("Page" + number + ".java");
    Files.writeString(
        program,
        imports
            + "\npublic class Page"
            + number
            + " { public static void main(String[] arguments) throws Exception {\n"
            + rest
            + "\n} }\n");
    ProcessBuilder start =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.toString());
    start.directory(folder.toFile());
    start.environment().put("FLIGHTLOG_HOME", folder.resolve("home").toString());
    Path messages = folder.resolve("messages" + number);
    Process process = start.redirectErrorStream(true).redirectOutput(messages.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(messages)).isZero();
  }
}
