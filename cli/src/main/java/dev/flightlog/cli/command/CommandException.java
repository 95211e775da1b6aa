package dev.flightlog.cli.command;

/**
 * Ends a command with one message that says what is wrong, where, and how to mend it; never shown
 * with a stack trace.
 */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Done. */
  public static final int OK = 0;

  /** It could not be done. */
  public static final int FAILED = 1;

  /** The call's words are wrong. */
  public static final int USAGE = 2;

  /** Done, but something was set aside: quarantine, refused items. */
  public static final int SET_ASIDE = 3;

  private final int exitCode;

  private CommandException(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  public static CommandException failed(String message) {
    return new CommandException(FAILED, message);
  }

  public static CommandException usage(String message) {
    return new CommandException(USAGE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
