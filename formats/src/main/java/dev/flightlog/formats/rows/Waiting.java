package dev.flightlog.formats.rows;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.occurrence.Outcome;
import java.util.Map;
import java.util.Set;

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
          "Edit", "MultiEdit", "Write", "NotebookEdit", "Read", "TodoWrite", "LS", "apply_patch",
          "replace", "write_file", "read_file", "edit", "write", "read", "update_plan",
          "TaskCreate", "TaskUpdate", "TaskList", "EnterPlanMode");

  /** More than these ever need. */
  private static final long QUICK_MS = 2000;

  private static final Set<String> SHELLS = Set.of("Bash", "BashOutput", "PowerShell");
  private static final long SHELL_TIMEOUT_MS = 120_000;
  private static final long GRACE_MS = 5000;

  private Waiting() {}

  /** Milliseconds, or {@link #UNKNOWN}. */
  static long ms(
      String tool, byte @org.jspecify.annotations.Nullable [] input, Outcome outcome, long duration, long runningMs) {
    if (runningMs >= 0) {
      return Math.max(0, duration - runningMs);
    }
    if (ASKING.contains(tool) || outcome instanceof Outcome.Refused) {
      return duration;
    }
    if (QUICK.contains(tool)) {
      return duration <= QUICK_MS ? 0 : duration - QUICK_MS / 2;
    }
    if (SHELLS.contains(tool) && duration > SHELL_TIMEOUT_MS) {
      long timeout = timeout(input);
      return duration > timeout + GRACE_MS ? duration - timeout : UNKNOWN;
    }
    return UNKNOWN;
  }

  private static long timeout(byte @org.jspecify.annotations.Nullable [] input) {
    if (input == null) {
      return SHELL_TIMEOUT_MS;
    }
    try {
      Object value = new JsonReader().reset(input, 0, input.length).value();
      if (value instanceof Map<?, ?> map
          && map.get("timeout") instanceof Number told
          && told.longValue() > 0) {
        return told.longValue();
      }
    } catch (JsonException cut) {
      return Long.MAX_VALUE - GRACE_MS;
    }
    return SHELL_TIMEOUT_MS;
  }
}
