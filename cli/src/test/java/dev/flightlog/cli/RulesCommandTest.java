package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
  @TempDir Path folder;
  private Shell shell;
  private Path file;

  @BeforeEach
  void threeSessionsInWhichAFileWasEditedUnread() throws IOException {
    shell = new Shell(Files.createDirectory(folder.resolve("user")));
    file = Files.writeString(folder.resolve("CLAUDE.md"), "# Shop\r\n\r\nUse tabs.");
    for (int i = 1; i <= 3; i++) {
      Path transcript =
          shell.transcript(
              "unread" + i,
              "<tool_use_error>File has not been read yet. Read it first.</tool_use_error>");
      Files.writeString(transcript, Files.readString(transcript).replace("\"Bash\"", "\"Edit\""));
      assertThat(shell.call("import", transcript.toString())).isZero();
    }
    shell.call("record", "tool_call", "--field", "tool=Edit", "--field", "success=true");
  }

  private String proposed() {
    assertThat(shell.call("rules", "propose")).isZero();
    assertThat(shell.out).contains("Read a file in this session before you change it with `Edit`");
    return shell.out.substring(0, 12);
  }

  @Test
  void anApprovedRuleIsShownThenWrittenThenTakenBackToTheByte() throws IOException {
    byte[] before = Files.readAllBytes(file);
    String id = proposed();
    assertThat(shell.call("rules", "approve", id.substring(0, 6), "--reason", "yes")).isZero();
    assertThat(shell.call("rules", "apply", "--file", file.toString())).isZero();
    assertThat(shell.out).contains("+- Read a file in this session");
    assertThat(file).hasBinaryContent(before);
    assertThat(shell.call("rules", "apply", "--file", file.toString(), "--yes")).isZero();
    assertThat(file).content().contains("- Read a file in this session").doesNotContain("\n\n");
    assertThat(shell.call("rules", "undo", "--file", file.toString())).isZero();
    assertThat(file).hasBinaryContent(before);
    assertThat(shell.call("rules", "undo", "--file", file.toString())).isEqualTo(1);
    assertThat(shell.call("rules", "show", id)).isZero();
    assertThat(shell.out).contains("adopted: yes", "evidence");
  }

  @Test
  void aRejectedRuleIsNeitherWrittenNorApproved() throws IOException {
    byte[] before = Files.readAllBytes(file);
    String id = proposed();
    assertThat(shell.call("rules", "reject", id)).isZero();
    assertThat(shell.call("rules", "approve", id)).isEqualTo(1);
    assertThat(shell.err).contains("is rejected, and cannot become adopted");
    assertThat(shell.call("rules", "apply", "--file", file.toString(), "--yes")).isZero();
    assertThat(file).hasBinaryContent(before);
    assertThat(shell.call("rules", "list", "--format", "json")).isZero();
    assertThat(shell.out).contains("\"state\":\"rejected\"", "\"signature\":", "\"verdict\":null");
  }

  @Test
  void aRuleThatTheFileSaysAlreadyIsNotSaidAgain() throws IOException {
    Files.writeString(file, "# Shop\n- Always read the file before you call Edit on it.\n");
    shell.call("rules", "approve", proposed());
    assertThat(shell.call("rules", "apply", "--file", file.toString(), "--yes")).isZero();
    assertThat(shell.err).contains("line 2 of", "already");
    assertThat(file).content().doesNotContain("flightlog:begin");
  }

  @Test
  void whatIsWrongIsSaidAndNothingIsChanged() {
    assertThat(shell.call("rules", "aply")).isEqualTo(2);
    assertThat(shell.err).contains("did you mean 'apply'");
    assertThat(shell.call("rules", "show", "ffff")).isEqualTo(1);
    assertThat(shell.err).contains("no rule ffff");
    assertThat(shell.call("rules", "approve")).isEqualTo(2);
    shell.call("rules", "approve", proposed());
    assertThat(
            shell.call("rules", "apply", "--file", folder.resolve("none.md").toString(), "--yes"))
        .isEqualTo(1);
    assertThat(shell.err).contains("does not exist: create it");
  }
}
