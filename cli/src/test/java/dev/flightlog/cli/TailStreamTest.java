package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.cli.command.Console;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tail -f} beside a server: by its stream, over its restarts, and without it. */
class TailStreamTest {
  @TempDir Path user;

  /** {@code tail -f} in a thread, whose lines are read here. */
  private static final class Tail implements AutoCloseable {
    private final PipedOutputStream pipe = new PipedOutputStream();
    private final BufferedReader lines;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final PrintStream out;
    private final Thread thread;

    Tail(Path user, Path home) throws IOException {
      lines = new BufferedReader(new InputStreamReader(new PipedInputStream(pipe, 1 << 20), UTF_8));
      out = new PrintStream(pipe, false, UTF_8);
      Console console =
          new Console(
              new ByteArrayInputStream(new byte[0]),
              out,
              new PrintStream(errors, true, UTF_8),
              Map.of("HOME", user.toString()),
              Clock.systemUTC(),
              false,
              null);
      String[] words = {
        "tail", "-f", "--type", "told", "--format", "json", "--home", home.toString()
      };
      thread = Thread.ofPlatform().daemon().start(() -> Main.run(words, console));
    }

    String next() throws IOException {
      return lines.readLine();
    }

    @Override
    public void close() throws IOException {
      out.close();
      lines.close();
      thread.interrupt();
    }
  }

  @Test
  void whatIsRecordedIsShownOnceThroughServersThatComeAndGo() throws Exception {
    Path home = user.resolve(".flightlog");
    Files.createDirectories(home);
    Path errors = user.resolve("err");
    String secret = "a secret of these webhooks";
    try (FlightRecorder recorder = FlightRecorder.open(RecorderConfig.at(home))) {
      recorder.event("told", null).detail("n", 1).log();
      recorder.flush();
      try (Tail tail = through(home, errors, secret, recorder)) {
        for (int n = 3; n < 6; n++) {
          recorder.event("told", null).detail("n", n).log();
          recorder.event("other", null).log();
          assertThat(tail.next()).contains("\"n\":" + n);
        }
        assertThat(tail.errors.toString(UTF_8)).contains("going on with the index itself");
      }
    }
  }

  /** A tail that has shown the first two by the stream of a server that has ended since. */
  private Tail through(Path home, Path errors, String secret, FlightRecorder recorder)
      throws Exception {
    try (ServeProcess server = new ServeProcess(home, secret, errors)) {
      assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(home.resolve("server.json")).exists();
      Tail tail = new Tail(user, home);
      assertThat(tail.next()).contains("\"n\":1");
      recorder.event("told", null).detail("n", 2).log();
      assertThat(tail.next()).contains("\"n\":2");
      return tail;
    } finally {
      assertThat(home.resolve("server.json")).doesNotExist();
    }
  }
}
