package dev.flightlog.analysis.runs;

/** How far a run or a step has come, as far as its events tell it. */
public enum RunState {
  /** It has no end, and was heard of within a day. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** It has no end, and nobody was heard of in it for a day: its program was killed. */
  INCOMPLETE;

  private static final long SILENT = 24L * 3600 * 1_000_000;

  /** As programs get it. */
  public String word() {
    return switch (this) {
      case RUNNING -> "running";
      case SUCCEEDED -> "succeeded";
      case FAILED -> "failed";
      case INCOMPLETE -> "incomplete";
    };
  }

  /** Of something without an end that was heard of then; times in microseconds since 1970. */
  static RunState open(long last, long now) {
    return now - last > SILENT ? INCOMPLETE : RUNNING;
  }

  boolean isOpen() {
    return this == RUNNING || this == INCOMPLETE;
  }
}
