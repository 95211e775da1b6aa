package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.flightlog.cli.Main",
            "serve",
            "--port",
            "0",
            "--home",
            shell.home.toString());
    builder.environment().put("FLIGHTLOG_WEBHOOKS_GITHUB_SECRET", SECRET);
    builder.redirectError(user.resolve("err").toFile());
    Process process = builder.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      BufferedReader out = process.inputReader(UTF_8);
      String line = out.readLine();
      assertThat(line).as(Files.readString(user.resolve("err"))).contains("http://");
      URI server = URI.create(line.substring(line.indexOf("http://")));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/webhooks/github"))
              .header("Content-Type", "application/json")
              .header("X-GitHub-Event", "issue_comment")
              .header("X-GitHub-Delivery", "by-hand-1")
              .header(
                  "X-Hub-Signature-256",
                  "sha256=" + HexFormat.of().formatHex(mac.doFinal(COMMENT.getBytes(UTF_8))))
              .POST(HttpRequest.BodyPublishers.ofString(COMMENT))
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body())
          .isEqualTo("{\"status\":\"accepted\",\"delivery_id\":\"by-hand-1\"}");
      process.destroy();
      process.waitFor();
    } finally {
      process.destroyForcibly();
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
