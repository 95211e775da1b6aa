package dev.flightlog.analysis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes in what is new once, when it is asked first. For one thread. */
final class Moment implements Freshness {
  private final Freshness first;
  private @Nullable List<Pending> pending;

  Moment(Freshness first) {
    this.first = first;
  }

  @Override
  public List<Pending> takeIn(Duration bound) {
    List<Pending> known = pending;
    if (known == null) {
      known = first.takeIn(bound);
      pending = known;
    }
    return known;
  }
}
