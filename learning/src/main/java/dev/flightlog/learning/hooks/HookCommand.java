package dev.flightlog.learning.hooks;

import java.nio.file.Path;

/**
 * The command of a hook. It ends with 0 and says nothing when our files are gone, unreadable or
 * broken: an agent takes any other end for an error, and 2 for an order to stop.
 */
final class HookCommand {
  private HookCommand() {}

  /**
   * @param shortInput whether what the agent tells is always short, so that the shell reads it
   *     itself
   */
  static String of(Path script, boolean shortInput) {
    String file = HookFiles.quoted(script.toString());
    return "trap 'exit 0' EXIT; fl_short="
        + (shortInput ? "1" : "")
        + "; [ -r "
        + file
        + " ] && . "
        + file
        + " 2>/dev/null";
  }
}
