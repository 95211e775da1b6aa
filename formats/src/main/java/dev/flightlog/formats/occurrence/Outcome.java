package dev.flightlog.formats.occurrence;

import org.jspecify.annotations.Nullable;

/** How a call of a tool ended, as far as it is told. */
public sealed interface Outcome {
  /** It did what it should. */
  record Worked() implements Outcome {}

  /** It ran and failed, or could not run. */
  record Failed(ErrorClass error) implements Outcome {}

  /**
   * A person refused it.
   *
   * @param words what the person said instead, if anything
   */
  record Refused(ErrorClass error, @Nullable String words) implements Outcome {}

  /** It goes on in the background; how it ends is told later, if at all. */
  record Running() implements Outcome {}

  /** There is a result, and it does not say whether the call worked. */
  record Untold() implements Outcome {}

  Outcome WORKED = new Worked();
  Outcome RUNNING = new Running();
  Outcome UNTOLD = new Untold();

  /** True, false, or null where it is not known. */
  default @Nullable Boolean success() {
    return switch (this) {
      case Worked worked -> true;
      case Failed failed -> false;
      case Refused refused -> false;
      case Running running -> null;
      case Untold untold -> null;
    };
  }

  /** Why it failed, or null. */
  default @Nullable ErrorClass error() {
    return switch (this) {
      case Failed failed -> failed.error;
      case Refused refused -> refused.error;
      case Worked worked -> null;
      case Running running -> null;
      case Untold untold -> null;
    };
  }
}
