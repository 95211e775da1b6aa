package dev.flightlog.recorder;

/**
 * How much of the texts in {@code details} is kept: prompts, tool input and output, messages. The
 * names of tools, models and error types are labels, and always kept.
 */
public enum Content {
  /** Up to 64 KiB a text, and how much was cut. */
  FULL,
  /** Up to 1 KiB a text, and how much was cut. */
  HEAD,
  /** Only how long each text was. */
  NONE
}
