package dev.flightlog.worker.capture;

import dev.flightlog.formats.usage.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's output has told so far.
 *
 * @param format how the output was understood
 * @param model the last one that was named
 * @param answered true when the agent has said that it is done
 * @param failed true when it has said that it failed
 * @param result its answer
 * @param error why it failed
 * @param usage of all answers of models so far, or as the agent told it in the end
 * @param costUsd as the agent told it, else added up from prices; null when not known
 * @param contextPercent how full the context window was at the last answer; null when not known
 * @param toolCalls how many calls of tools were seen
 * @param toolErrors how many of them failed
 */
public record AgentReport(
    Format format,
    @Nullable String model,
    boolean answered,
    boolean failed,
    @Nullable String result,
    @Nullable String error,
    Usage usage,
    @Nullable Double costUsd,
    @Nullable Double contextPercent,
    long toolCalls,
    long toolErrors) {

  /** How output is understood. */
  public enum Format {
    /** Lines of text. */
    PLAIN,
    /** {@code claude -p --output-format stream-json --verbose}. */
    CLAUDE,
    /** {@code codex exec --json}. */
    CODEX
  }

  /** True when the format has words for the end of a run. */
  public boolean tellsItsEnd() {
    return format != Format.PLAIN;
  }
}
