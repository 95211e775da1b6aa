package dev.flightlog.home.forwarding;

import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.ForwardingException;
import dev.flightlog.forwarding.Target;
import dev.flightlog.forwarding.Targets;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the journals of a home are shipped on to. Stateless. */
public final class HomeForwarding {
  private HomeForwarding() {}

  /**
   * The target that the settings name; none when they name none.
   *
   * @throws HomeException when they are wrong
   */
  public static Optional<Target> target(Home home) {
    try {
      return Targets.of(
          home.settings().text(Setting.FORWARDING_TO),
          home.settings().text(Setting.FORWARDING_SECRET),
          home.settings().list(Setting.FORWARDING_HEADERS),
          home.clock());
    } catch (ForwardingException e) {
      throw new HomeException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What sends the journals of this home there.
   *
   * @throws HomeException when its positions cannot be read
   */
  public static Forwarder forwarder(Home home, Target target, Consumer<String> messages) {
    try {
      return Forwarder.open(target, home.journals(), home.folder(), messages);
    } catch (IOException e) {
      throw new HomeException("forwarding: " + e.getMessage());
    }
  }
}
