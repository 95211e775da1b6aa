package dev.flightlog.tasks.queue;

/** What the holder of a lease is told when it asks for more time. */
public enum Renewal {
  RENEWED,
  /** Renewed, and somebody wants the task cancelled. */
  CANCEL,
  /** The task belongs to somebody else, or to nobody: stop at once, and write nothing. */
  LOST
}
