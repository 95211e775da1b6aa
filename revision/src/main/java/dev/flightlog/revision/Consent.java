package dev.flightlog.revision;

/** What a revision may do without a person. */
public enum Consent {
  /** Report and propose. */
  REVIEW,
  /** Besides, begin trials of what was proposed. */
  TRIAL,
  /** Adopt what was proposed, and write it into the instruction file. */
  DIRECT
}
