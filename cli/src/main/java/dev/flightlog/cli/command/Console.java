package dev.flightlog.cli.command;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.output.Progress;
import dev.flightlog.wording.SafeText;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/**
 * What surrounds a command: streams, environment, clock. Data goes to {@code out}, messages to
 * {@code err}.
 *
 * @param terminal true when {@code err} is a terminal: progress may be drawn
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Clock clock,
    boolean terminal) {

  /** How many places help may take: those of the terminal, where the shell tells, else 100. */
  public int width() {
    String told = environment.getOrDefault("COLUMNS", "");
    int columns = terminal && told.matches("[0-9]{1,4}") ? Integer.parseInt(told) : Syntax.WIDTH;
    return Math.max(60, Math.min(columns, 200));
  }

  /** A bar for long work, drawn only at a terminal; to be closed. */
  public Progress progress() {
    return new Progress(err, terminal);
  }

  /** A message in the form that all messages have; what is no text in it is shown as an escape. */
  public void say(String message) {
    StringBuilder safe = new StringBuilder("flightlog: ");
    for (String line : message.split("\n", -1)) {
      safe.append(safe.length() > 11 ? "\n" : "").append(SafeText.of(line));
    }
    err.println(safe);
  }
}
