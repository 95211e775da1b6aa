package dev.flightlog.alerts.rules;

import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is recorded on this machine does not reach the store that machines share. */
public final class Shipping implements Rule {
  /**
   * What waits.
   *
   * @param events as far as they can be counted
   * @param bytes of files
   * @param age of the oldest
   * @param problem why nothing was taken when it was last tried; empty when all was well
   */
  public record Waiting(long events, long bytes, Duration age, String problem) {}

  private final Supplier<Optional<Waiting>> waiting;

  /**
   * @param waiting empty where the store is the machine's own
   */
  public Shipping(Supplier<Optional<Waiting>> waiting) {
    this.waiting = waiting;
  }

  @Override
  public String name() {
    return "shipping";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(30);
  }

  @Override
  public List<Condition> look(Moment moment) {
    long most = moment.limits().shipMinutes() * Moment.MINUTE;
    Optional<Waiting> found = most == 0 ? Optional.empty() : waiting.get();
    if (found.isEmpty() || found.get().age().toNanos() / 1000 < most) {
      return List.of();
    }
    Waiting now = found.get();
    String why = now.problem().isEmpty() ? "it is taken more slowly than it comes" : now.problem();
    return List.of(
        new Condition(
            name(),
            "store",
            Severity.WARNING,
            "events wait " + Units.span(now.age().toNanos() / 1000) + " for the shared store",
            Units.count(now.events(), "event")
                + ", "
                + Units.count(now.bytes() >> 10)
                + " KiB: "
                + Texts.line(why, 300)
                + "; nothing is lost, journals are kept; to look at it: flightlog ship --status"));
  }
}
