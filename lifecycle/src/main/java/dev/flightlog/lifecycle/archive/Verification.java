package dev.flightlog.lifecycle.archive;

/** What a look at an archive found. */
public sealed interface Verification {
  Week week();

  /** Every byte is as it was written. */
  record Sound(WeekArchive archive) implements Verification {
    @Override
    public Week week() {
      return archive.week();
    }
  }

  /** It can be read to its end, and nobody can tell whether it was changed. */
  record Unhashed(WeekArchive archive, String why) implements Verification {
    @Override
    public Week week() {
      return archive.week();
    }
  }

  /** It is not what was written, or cannot be read. */
  record Damaged(Week week, String why) implements Verification {}
}
