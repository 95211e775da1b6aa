package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program where something is missing that every program takes for granted. */
class EnvironmentTest {
  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void aHomeWithBlanksAndOtherLettersInItsPath() throws IOException {
    shell = new Shell(Files.createDirectories(folder.resolve("ein Mensch 飞")));
    assertThat(shell.call("record", "deploy", "--field", "n=1")).isZero();
    Path transcript =
        shell.transcript("Übung mit Blank", "make: *** No rule to make target 'all'.");
    assertThat(shell.call("import", transcript.toString())).isZero();
  }

  private record Ran(int code, String out, String err) {}

  private Ran run(List<String> before, Path out, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.flightlog.cli.Main",
            "--home",
            shell.home.toString()));
    command.addAll(List.of(words));
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(
        process.exitValue(),
        Files.isRegularFile(out) ? Files.readString(out) : "",
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void anOutputThatCannotBeWrittenIsOneClearMessage() throws Exception {
    Path full = Path.of("/dev/full");
    if (!Files.exists(full)) {
      System.out.println("NOT TESTED: an output that is full, there is no /dev/full");
      return;
    }
    Ran ran = run(List.of(), full, "ask", "errors");
    assertThat(ran.code()).isEqualTo(CommandException.FAILED);
    assertThat(ran.err().lines().filter(line -> !line.startsWith("SLF4J")).toList())
        .singleElement()
        .asString()
        .startsWith("flightlog: the output could not be written");
  }

  @Test
  void aHomeThatCannotBeWrittenAnswersQuestions() throws Exception {
    Path out = folder.resolve("out");
    List<String> locked =
        List.of(
            "unshare",
            "-rm",
            "sh",
            "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"",
            shell.user.toString());
    Ran ask = run(locked, out, "ask", "errors");
    if (ask.err().contains("unshare") || ask.err().contains("mount:")) {
      System.out.println("NOT TESTED: a home that cannot be written, unshare -rm is not allowed");
      return;
    }
    assertThat(ask.code()).as(ask.err()).isZero();
    assertThat(ask.out()).contains("Bash");
    Ran search = run(locked, out, "search", "rule");
    assertThat(search.code()).as(search.err()).isZero();
    assertThat(search.out()).contains("No rule to make target");
    Ran record = run(locked, out, "record", "deploy");
    assertThat(record.code()).isEqualTo(CommandException.FAILED);
    assertThat(record.err()).contains(shell.home.toString());
    Ran serve = run(locked, out, "serve", "--port", "0");
    assertThat(serve.code()).isEqualTo(CommandException.FAILED);
    assertThat(serve.err()).contains(shell.home + " cannot be written, and serve keeps");
  }
}
