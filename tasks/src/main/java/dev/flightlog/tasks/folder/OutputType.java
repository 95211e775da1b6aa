package dev.flightlog.tasks.folder;

import java.util.Locale;

/** What a line of {@code 03-agent-output.jsonl} is; its word is the name in lower case. */
public enum OutputType {
  /** What the agent said. */
  OUTPUT,
  THINKING,
  TOOL_CALL,
  TOOL_RESULT,
  /** What the agent wrote to standard error, or reported as an error. */
  ERROR,
  /** Notices of the agent's program and of Flightlog, such as that output was cut. */
  SYSTEM;

  private final String word = name().toLowerCase(Locale.ROOT);

  public String word() {
    return word;
  }
}
