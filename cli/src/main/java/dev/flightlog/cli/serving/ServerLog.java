package dev.flightlog.cli.serving;

import dev.flightlog.cli.command.Console;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What goes wrong inside the server, as messages of the command. */
public final class ServerLog extends Handler {
  private final Console console;
  private final SimpleFormatter form = new SimpleFormatter();

  private ServerLog(Console console) {
    this.console = console;
  }

  /** From now on the process logs warnings to this console, and nothing else. */
  static void to(Console console) {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.WARNING);
    root.addHandler(new ServerLog(console));
  }

  @Override
  public synchronized void publish(LogRecord event) {
    if (isLoggable(event)) {
      Throwable thrown = event.getThrown();
      StringBuilder text = new StringBuilder(form.formatMessage(event));
      for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
        text.append(": ").append(cause);
      }
      if (thrown != null) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
          if (frame.getClassName().startsWith("dev.flightlog.")) {
            text.append("\n    at ").append(frame);
          }
        }
      }
      console.say(text.toString());
      console.err().flush();
    }
  }

  @Override
  public void flush() {
    console.err().flush();
  }

  @Override
  public void close() {
    flush();
  }
}
