package dev.flightlog.alerts.sending;

import dev.flightlog.alerts.state.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the user's: it gets the message as JSON on its standard input, as a webhook does in
 * its body, and its title in {@code FLIGHTLOG_ALERT}. No shell is in between.
 */
public final class CommandTarget implements Target {
  private static final long PATIENCE_SECONDS = 30;

  private final List<String> command;

  /**
   * @param command the program and its arguments
   */
  public CommandTarget(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public void send(Notice notice) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FLIGHTLOG_ALERT", notice.title());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      try (OutputStream in = process.getOutputStream()) {
        in.write(WebhookTarget.body(notice));
      } catch (IOException e) {
        // It may end without reading; what counts is how it ends.
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("alerts.command did not end within " + PATIENCE_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("alerts.command ended with " + process.exitValue());
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
