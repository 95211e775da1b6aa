package dev.flightlog.home.hooks;

/** What became of what a hook told. */
public sealed interface Receipt {
  /**
   * It is in the journal.
   *
   * @param events that were made of it
   */
  record Kept(int events) implements Receipt {}

  /** It is nothing that a hook tells. */
  record Refused(String reason) implements Receipt {}

  /** The journal cannot be written to now. */
  record Unwritten(String problem) implements Receipt {}
}
