package dev.flightlog.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of the documents is compiled and run as it stands there. */
class DocumentedCodeTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path home;

  @Test
  void theCodeOfTheReadmesRunsAndRecords() throws Exception {
    int blocks = 0;
    for (Path page : List.of(Path.of("..", "README.md"), Path.of("README.md"))) {
      for (MatchResult block :
          BLOCK.matcher(Files.readString(page)).results().collect(Collectors.toList())) {
        runs(page, block.group(1), ++blocks);
      }
    }
    assertThat(blocks).isGreaterThanOrEqualTo(2);
  }

  private void runs(Path page, String code, int number) throws IOException, InterruptedException {
    String imports =
        code.lines().filter(l -> l.startsWith("import ")).collect(Collectors.joining("\n"));
    String rest =
        code.lines().filter(l -> !l.startsWith("import ")).collect(Collectors.joining("\n"));
    Path program = home.resolve("Page" + number + ".java");
    Files.writeString(
        program,
        imports
            + "\npublic class Page"
            + number
            + " { public static void main(String[] arguments) throws Exception {\n"
            + rest
            + "\n} }\n");
    Path base = home.resolve("base" + number);
    ProcessBuilder start =
        new ProcessBuilder(
            Child.currentJava().toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.toString());
    start.environment().put("FLIGHTLOG_HOME", base.toString());
    File messages = home.resolve("messages" + number).toFile();
    Process process = start.redirectErrorStream(true).redirectOutput(messages).start();
    assertThat(process.waitFor()).as(page + "\n" + Files.readString(messages.toPath())).isZero();
    assertThat(Lines.of(base)).as(page.toString()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(Lines.of(base)).noneMatch(line -> line.get("event_type").asText().endsWith("gap"));
  }
}
