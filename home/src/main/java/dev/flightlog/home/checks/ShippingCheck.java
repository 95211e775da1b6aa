package dev.flightlog.home.checks;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.shipping.confirmed.Backlog;
import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.Optional;

/** Whether what is recorded reaches the store that machines share. */
final class ShippingCheck {
  private ShippingCheck() {}

  static Check of(Home home) {
    Optional<Backlog> found = HomeShipping.backlog(home);
    if (found.isEmpty()) {
      return Check.ok("shipping", "the store is this home's own");
    }
    Backlog backlog = found.get();
    Duration age = backlog.age(home.clock().instant());
    String waiting = words(backlog, age);
    if (!backlog.problem().isEmpty()) {
      return Check.wrong(
          "shipping",
          waiting + "; last: " + backlog.problem() + "; it goes on by itself when that is over");
    }
    long most = home.settings().number(Setting.ALERTS_SHIP);
    return most > 0 && age.toMinutes() >= most
        ? Check.wrong("shipping", waiting + ": run 'flightlog ship', or 'flightlog serve'")
        : Check.ok("shipping", waiting);
  }

  private static String words(Backlog backlog, Duration age) {
    return backlog.bytes() == 0
        ? "the shared store has confirmed everything"
        : Units.count(backlog.events(), "event")
            + " in "
            + Units.count(backlog.files(), "file")
            + " ("
            + Units.count(backlog.bytes() >> 10)
            + " KiB) for the shared store, the oldest since "
            + Units.span(age.toNanos() / 1000);
  }
}
