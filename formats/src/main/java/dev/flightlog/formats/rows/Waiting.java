package dev.flightlog.formats.rows;

import dev.flightlog.formats.occurrence.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the time between a call and its result a person was waited for, by rules that
 * docs/format/time.md states. Where no rule holds it is not known. Stateless.
 */
final class Waiting {
  static final long UNKNOWN = -1;

  /** Tools that do nothing but ask a person. */
  private static final Set<String> ASKING =
      Set.of("AskUserQuestion", "ExitPlanMode", "request_user_input", "ask_user");

  /** Tools that work on a file or a list in memory, and are done in a moment. */
  private static final Set<String> QUICK =
      Set.of(
          "Edit",
          "MultiEdit",
          "Write",
          "NotebookEdit",
          "Read",
          "TodoWrite",
          "LS",
          "apply_patch",
          "replace",
          "write_file",
          "read_file",
          "edit",
          "write",
          "read",
          "update_plan",
          "TaskCreate",
          "TaskUpdate",
          "TaskList",
          "EnterPlanMode");

  /** More than these ever need. */
  private static final long QUICK_MS = 2000;

  private static final Set<String> SHELLS = Set.of("Bash", "BashOutput", "PowerShell");
  private static final byte[] TIMEOUT = "\"timeout\":".getBytes(StandardCharsets.US_ASCII);
  private static final long SHELL_TIMEOUT_MS = 120_000;
  private static final long GRACE_MS = 5000;

  private Waiting() {}

  /**
   * Milliseconds, or {@link #UNKNOWN}.
   *
   * @param limitMs the call's own limit of time, or -1
   * @param runningMs how long it ran as the source tells, or -1
   */
  static long ms(
      @Nullable String tool, long limitMs, Outcome outcome, long duration, long runningMs) {
    if (runningMs >= 0) {
      return Math.max(0, duration - runningMs);
    }
    if (tool == null) {
      return UNKNOWN;
    }
    if (ASKING.contains(tool) || outcome instanceof Outcome.Refused) {
      return duration;
    }
    if (QUICK.contains(tool)) {
      return duration <= QUICK_MS ? 0 : duration - QUICK_MS / 2;
    }
    return limitMs >= 0 && duration > limitMs + GRACE_MS ? duration - limitMs : UNKNOWN;
  }

  /** How long a call of a shell may run, by its input or by default; -1 for other tools. */
  static long limitMs(@Nullable String tool, byte @Nullable [] input) {
    if (tool == null || !SHELLS.contains(tool)) {
      return -1;
    }
    if (input == null) {
      return SHELL_TIMEOUT_MS;
    }
    int at = indexOf(input, TIMEOUT);
    long told = 0;
    for (int i = at; at >= 0 && i < input.length && told < 1L << 40; i++) {
      byte b = input[i];
      if (b >= '0' && b <= '9') {
        told = told * 10 + b - '0';
      } else if (told > 0 || b != ' ') {
        break;
      }
    }
    return told > 0 ? told : SHELL_TIMEOUT_MS;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i + wanted.length;
      }
    }
    return -1;
  }
}
