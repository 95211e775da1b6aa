package dev.flightlog.runs.record;

/** How far a run or a step has come. */
public enum RunStatus {
  /** Some process logs in it. */
  RUNNING,
  SUCCEEDED,
  FAILED,
  /** It has no end, and nobody logs in it any more. */
  INCOMPLETE;

  /** As JSON has it. */
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
