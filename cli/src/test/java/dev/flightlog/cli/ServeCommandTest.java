package dev.flightlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real program in a process of its own, asked by a real client and stopped by a real signal.
 */
class ServeCommandTest {
  private static final String LISTENS = "Flightlog listens on ";

  @TempDir Path user;

  private Shell shell;

  @BeforeEach
  void aHome() {
    shell = new Shell(user);
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.flightlog.cli.Main",
                "serve",
                "--port",
                "0",
                "--home",
                shell.home.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(user.resolve("err").toFile());
    return builder.start();
  }

  private URI address(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertThat(line).as(Files.readString(user.resolve("err"))).isNotNull().startsWith(LISTENS);
    return URI.create(line.substring(LISTENS.length()));
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void whatIsRecordedWhileItRunsIsInTheNextAnswerAndSigtermEndsItWell() throws Exception {
    Process process = start();
    try {
      URI uri = address(process);
      assertThat(get(uri.resolve("/health/ready"))).contains("ready");
      for (int i = 1; i <= 3; i++) {
        assertThat(shell.call("record", "deploy", "--details", "{\"number\":" + i + "}")).isZero();
        assertThat(get(uri.resolve("/api/events?type=deploy&limit=1"))).contains("\"number\":" + i);
      }
      Path transcript = shell.transcript("one", "make: *** No rule to make target 'all'.");
      assertThat(Files.exists(transcript)).isTrue();
      assertThat(get(uri.resolve("/api/ask/errors"))).contains("\"question\":\"errors\"");
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(Files.readString(user.resolve("err"))).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theSettingOfTheBudgetHoldsAndNewSessionsOfKnownSourcesAreInTheAnswer() throws Exception {
    shell.transcript("one", "make: *** No rule to make target 'all'.");
    assertThat(shell.call("import", user.resolve("projects").toString())).isZero();
    Files.writeString(
        shell.home.resolve("config.json"), "{\"analysis\":{\"max_tokens_per_query\":110}}");
    Process process = start();
    try {
      URI uri = address(process);
      shell.transcript("two", "make: *** No rule to make target 'two'.");
      assertThat(get(uri.resolve("/api/ask/errors")))
          .contains("\"budget\":110")
          .contains("\"pending\":[]")
          .contains("\"sessions\":2");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aPortInUseIsOneClearMessage() throws Exception {
    Process process = start();
    try {
      String port = Integer.toString(address(process).getPort());
      assertThat(shell.call("serve", "--port", port)).isEqualTo(CommandException.FAILED);
      assertThat(shell.err.lines()).singleElement().asString().contains(port).contains("--port");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anotherAddressIsRefusedUntilThereIsAToken() {
    assertThat(shell.call("serve", "--host", "0.0.0.0")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err.lines()).singleElement().asString().contains("--new-token");
    shell.environment.put("FLIGHTLOG_SERVER_HOST", "0.0.0.0");
    assertThat(shell.call("serve", "--port", "0")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("--new-token");
  }

  @Test
  void aTokenIsPrintedOnceAndForgottenOnDemand() throws IOException {
    assertThat(shell.call("serve", "--new-token", "laptop")).isZero();
    String token = shell.out.strip();
    assertThat(token).matches("flt_[A-Za-z0-9_-]{43}");
    assertThat(Files.readString(shell.home.resolve("tokens.json"))).doesNotContain(token);
    assertThat(shell.call("serve", "--tokens")).isZero();
    assertThat(shell.out).contains("laptop").doesNotContain(token);
    assertThat(shell.call("serve", "--new-token", "laptop")).isEqualTo(CommandException.FAILED);
    assertThat(shell.call("serve", "--remove-token", "laptop")).isZero();
    assertThat(shell.call("serve", "--tokens", "--format", "json")).isZero();
    assertThat(shell.out.strip()).isEqualTo("[]");
  }

  @Test
  void portsAndSettingsThatAreNoneAreRefused() {
    assertThat(shell.call("serve", "--port", "70000")).isEqualTo(CommandException.USAGE);
    assertThat(shell.call("serve", "--port", "-1")).isEqualTo(CommandException.USAGE);
    shell.environment.put("FLIGHTLOG_SERVER_PORT", "x");
    assertThat(shell.call("serve")).isEqualTo(CommandException.FAILED);
    shell.environment.put("FLIGHTLOG_SERVER_PORT", "80");
    shell.environment.put("TASK_LOGS_ENABLED", "maybe");
    assertThat(shell.call("serve", "--port", "0")).isEqualTo(CommandException.FAILED);
    assertThat(shell.err).contains("TASK_LOGS_ENABLED");
  }
}
