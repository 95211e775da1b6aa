package dev.flightlog.home.checks;

import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.Target;
import dev.flightlog.home.Home;
import dev.flightlog.home.forwarding.HomeForwarding;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.util.Optional;

/** Whether what journals hold reaches where it should be shipped to. */
final class ForwardingCheck {
  /** So much may wait while all is well. */
  private static final long MUCH = 64L << 20;

  private ForwardingCheck() {}

  static Check of(Home home) throws IOException {
    Optional<Target> target = HomeForwarding.target(home);
    if (target.isEmpty()) {
      return Check.ok(
          "forwarding", "nothing is shipped on; the setting forwarding.to says where to");
    }
    Forwarder.Backlog backlog = Forwarder.backlog(target.get(), home.journals(), home.folder());
    String waiting =
        Units.count(backlog.bytes() >> 10, "KiB").replace("KiBs", "KiB")
            + " to send to "
            + target.get().name();
    if (!backlog.problem().isEmpty()) {
      return Check.wrong("forwarding", waiting + "; last: " + backlog.problem());
    }
    return backlog.bytes() < MUCH
        ? Check.ok("forwarding", waiting)
        : Check.wrong("forwarding", waiting + ": run 'flightlog serve', or 'flightlog ship'");
  }
}
