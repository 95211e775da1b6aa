package dev.flightlog.patterns.facts;

/**
 * The texts of one error that few questions need, so that they may be fetched when they are asked
 * for. Safe for several threads; may block while a store works, and fail as it does.
 */
public interface ErrorTexts {
  /** The event of the error. */
  String id();

  /** What is asked for by few, together. */
  Rest rest();

  /**
   * The others.
   *
   * @param message its beginning, as recorded
   * @param success the event of the call that worked; empty when none did
   * @param before what was called, in a line; empty for an error that is no tool call
   * @param after what was called when it worked, in a line; empty when nothing did
   */
  record Rest(String message, String success, String before, String after) {
    private static final int MESSAGE_LENGTH = 200;

    /** Cuts what is too long. */
    public Rest {
      message = Fact.head(message, MESSAGE_LENGTH);
      before = Fact.head(before, Fact.LONGEST);
      after = Fact.head(after, Fact.LONGEST);
    }
  }

  /** Texts that are at hand. */
  record Known(String id, Rest rest) implements ErrorTexts {}
}
