package dev.flightlog.learning.hooks;

import java.nio.file.Path;

/**
 * The command of a hook. It ends with 0 and says nothing when our files are gone, unreadable or
 * broken: an agent takes any other end for an error, and 2 for an order to stop.
 */
final class HookCommand {
  private HookCommand() {}

  /** Of a status line. */
  static String statusLine(Path script) {
    String file = HookFiles.quoted(script.toString());
    return "trap 'exit 0' EXIT; [ -r " + file + " ] && . " + file + " 2>/dev/null";
  }

  /**
   * @param program whose hook it is
   * @param shortInput whether what the agent tells is always one short line, so that the shell
   *     reads it itself
   */
  static String of(Path script, String program, boolean shortInput) {
    String file = HookFiles.quoted(script.toString());
    return "trap 'exit 0' EXIT; fl_program="
        + program
        + " fl_short="
        + (shortInput ? "1" : "")
        + "; [ -r "
        + file
        + " ] && . "
        + file
        + " 2>/dev/null";
  }
}
