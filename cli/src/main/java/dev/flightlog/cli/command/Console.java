package dev.flightlog.cli.command;

import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.output.Progress;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Screen;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command: streams, environment, clock. Data goes to {@code out}, messages to
 * {@code err}.
 *
 * @param screen the terminal that {@code out} is; null when it is none
 * @param terminal true when {@code err} is a terminal: progress may be drawn
 * @param reader in whose words commands are suggested
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Clock clock,
    boolean terminal,
    @Nullable Screen screen,
    Reader reader) {
  /** Of a call that takes the home that is taken by itself. */
  public Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Clock clock,
      boolean terminal,
      @Nullable Screen screen) {
    this(in, out, err, environment, clock, terminal, screen, Reader.COMMAND_LINE);
  }

  /** The same, of a call that named this home. */
  public Console about(@Nullable String home) {
    Reader about = Reader.commandLine(home);
    return new Console(in, out, err, environment, clock, terminal, screen, about);
  }

  /** How many places help may take: those of the terminal, else 100. */
  public int width() {
    return screen == null ? Syntax.WIDTH : Math.clamp(screen.columns(), 60, 200);
  }

  /** A bar for long work, drawn only at a terminal; to be closed. */
  public Progress progress() {
    return new Progress(err, terminal);
  }

  /** A message in the form that all messages have; what is no text in it is shown as an escape. */
  public void say(String message) {
    StringBuilder safe = new StringBuilder("flightlog: ");
    for (String line : reader.hint(message).split("\n", -1)) {
      safe.append(safe.length() > 11 ? "\n" : "").append(SafeText.of(line));
    }
    err.println(safe);
  }
}
