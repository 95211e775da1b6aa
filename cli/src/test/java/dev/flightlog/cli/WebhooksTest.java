package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of the guide: settings, serve, a comment signed by hand, the list of tasks. */
class WebhooksTest {
  private static final String SECRET = "first-task";
  private static final String COMMENT =
      "{\"action\":\"created\",\"issue\":{\"number\":1},\"comment\":{\"id\":1,"
          + "\"body\":\"@bot review\",\"author_association\":\"OWNER\","
          + "\"user\":{\"login\":\"me\",\"type\":\"User\"}},"
          + "\"repository\":{\"full_name\":\"me/project\"},\"sender\":{\"type\":\"User\"}}";

  @TempDir Path user;

  private Shell shell;

  @BeforeEach
  void aHome() {
    shell = new Shell(user);
  }

  @Test
  void aSignedCommentIsATaskInTheList() throws Exception {
    try (ServeProcess server = new ServeProcess(shell.home, SECRET, user.resolve("err"))) {
      assertThat(server.comment(COMMENT, SECRET, "by-hand-1"))
          .isEqualTo("{\"status\":\"accepted\",\"delivery_id\":\"by-hand-1\"}");
    }
    // What the server could not finish before it ended, the next one does.
    assertThat(shell.home.resolve("deliveries.db")).exists();
  }

  @Test
  void aWrongSettingIsOneClearMessage() throws Exception {
    Files.createDirectories(shell.home);
    Path config = shell.home.resolve("config.json");
    Files.writeString(config, "{\"webhooks\":{\"github\":{\"secert\":\"x\"}}}");
    assertThat(shell.call("serve", "--port", "0")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err.lines())
        .singleElement()
        .asString()
        .contains("webhooks.github.secert", "misspelt");
    Files.writeString(
        config, "{\"webhooks\":{\"github\":{\"secret\":\"x\",\"patterns\":[\"^/fix\"]}}}");
    assertThat(shell.call("serve", "--port", "0")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("webhooks.github.patterns", "(?<command>");
  }
}
