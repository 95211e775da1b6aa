package dev.flightlog.alerts.rules;

import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The disk is nearly full, the home is above its cap, or transcripts are about to be deleted. */
public final class Storage implements Rule {
  /**
   * How much room there is.
   *
   * @param free bytes on the disk of the home
   * @param used bytes of journals and index
   * @param cap the most bytes of these; 0 for no bound
   * @param endingTranscripts that their owner deletes within a week, and that were not preserved
   */
  public record Room(long free, long used, long cap, int endingTranscripts) {}

  /** What is being moved on may stand above the cap for a while. */
  private static final double ABOVE = 1.25;

  private final Supplier<Room> room;

  public Storage(Supplier<Room> room) {
    this.room = room;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public List<Condition> look(Moment moment) {
    Room now = room.get();
    List<Condition> found = new ArrayList<>();
    long least = (long) moment.limits().freeMegabytes() << 20;
    if (now.free() < least) {
      found.add(
          new Condition(
              name(),
              "disk",
              Severity.CRITICAL,
              "the disk is nearly full",
              Units.count(now.free() >> 20)
                  + " MiB free: make room, else nothing can be recorded; what Flightlog itself can"
                  + " move on: flightlog archive run"));
    }
    if (now.cap() > 0 && now.used() > now.cap() * ABOVE) {
      found.add(
          new Condition(
              name(),
              "cap",
              Severity.WARNING,
              "the home is above its cap",
              Units.count(now.used() >> 20)
                  + " MiB of "
                  + Units.count(now.cap() >> 20)
                  + " (lifecycle.cap_mb); to move on what is old: flightlog archive run"));
    }
    if (now.endingTranscripts() > 0) {
      found.add(
          new Condition(
              name(),
              "transcripts",
              Severity.WARNING,
              "transcripts will be deleted",
              Units.count(now.endingTranscripts(), "transcript")
                  + " of Claude Code will be deleted by it within a week; to keep copies: flightlog"
                  + " archive preserve"));
    }
    return found;
  }
}
