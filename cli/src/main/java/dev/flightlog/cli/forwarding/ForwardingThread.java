package dev.flightlog.cli.forwarding;

import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.Target;
import dev.flightlog.home.Home;
import dev.flightlog.home.forwarding.HomeForwarding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Ships journals on while a server runs, when the settings say where to. */
public final class ForwardingThread implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Optional<Thread> thread;
  private final Optional<Forwarder> forwarder;

  /**
   * @throws dev.flightlog.home.paths.HomeException when the settings are wrong
   */
  public ForwardingThread(Home home, Consumer<String> messages) {
    Optional<Target> target = HomeForwarding.target(home);
    forwarder = target.map(to -> HomeForwarding.forwarder(home, to, messages));
    thread =
        forwarder.map(sender ->
            Thread.ofPlatform()
                .name("flightlog-forwarding")
                .daemon()
                .unstarted(() -> sender.run(EVERY)));
  }

  public ForwardingThread start() {
    thread.ifPresent(Thread::start);
    return this;
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
    forwarder.ifPresent(Forwarder::close);
  }
}
