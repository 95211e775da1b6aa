package dev.flightlog.runs.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IgnoreFileTest {
  @TempDir Path repository;

  @Test
  void linesOfOthersStayByteForByteAndOursComeOnce() throws IOException {
    byte[] theirs = "target/\r\n*.class".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(repository.resolve(".gitignore"), theirs);
    List<String> added = IgnoreFile.update(repository, repository.resolve("runs"));
    assertThat(added)
        .contains(
            "runs/*/*/logs/",
            "runs/*/*/*.tar.gz",
            "!runs/*/*/logs_summary.txt",
            "!runs/*/*/*.json");
    assertThat(Files.readString(file))
        .startsWith("target/\r\n*.class\r\nruns/*/*/workspace/\r\n")
        .doesNotContain("\n\n");
    byte[] after = Files.readAllBytes(file);
    assertThat(IgnoreFile.update(repository, repository.resolve("runs"))).isEmpty();
    assertThat(file).hasBinaryContent(after);
    assertThatThrownBy(() -> IgnoreFile.update(repository, repository.resolve("../runs")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name another root");
  }

  @Test
  void gitSeesSummariesAndMetadataOnly() throws Exception {
    if (!git("init", "-q").isEmpty()) {
      System.out.println("NOT TESTED: what git sees of a run, there is no git");
      return;
    }
    Path run = repository.resolve("my runs/baes/abc123");
    for (String name :
        List.of(
            "logs/run.log",
            "logs/step_001/adapter.log",
            "workspace/a.json",
            "artifacts/b",
            "run.tar.gz",
            "old.zip",
            "metadata.json",
            "metrics.json",
            "logs_summary.txt",
            "commit.txt",
            "notes.md",
            ".run.lock")) {
      Files.createDirectories(run.resolve(name).getParent());
      Files.writeString(run.resolve(name), "x");
    }
    IgnoreFile.update(repository, repository.resolve("my runs"));
    assertThat(git("status", "--porcelain", "-uall").lines().map(line -> line.replace("\"", "")))
        .containsExactlyInAnyOrder(
            "?? .gitignore",
            "?? my runs/baes/abc123/commit.txt",
            "?? my runs/baes/abc123/logs_summary.txt",
            "?? my runs/baes/abc123/metadata.json",
            "?? my runs/baes/abc123/metrics.json",
            "?? my runs/baes/abc123/notes.md");
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(repository.toFile())
              .redirectErrorStream(true)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out;
    } catch (IOException e) {
      return "there is no git";
    }
  }
}
