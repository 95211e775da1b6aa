package dev.flightlog.home;

import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.tasks.PeriodicThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Notices a change of {@code config.json} while a program runs: what can be taken at once is, and
 * the rest is named, key by key, as waiting for a restart. A file that is wrong changes nothing. On
 * a thread of its own, every two seconds, until it is closed.
 */
public final class ConfigWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Path file;
  private final Consumer<Home> taken;
  private final PeriodicThread clock;
  private Home home;
  private String seen;

  /**
   * @param home as it was opened
   * @param taken is given the home with its new settings; of those only what takes effect at once
   *     may be used; throws {@link HomeException} when they are wrong, having changed nothing
   */
  public ConfigWatch(Home home, Consumer<Home> taken) {
    this.home = home;
    this.taken = taken;
    this.file = home.path().resolve("config.json");
    this.seen = stamp();
    this.clock = new PeriodicThread("flightlog-config", home::tell);
  }

  /** Begins to watch. */
  public ConfigWatch start() {
    clock.every(EVERY, EVERY, "looking at config.json", this::look);
    return this;
  }

  /** Looks once. */
  synchronized void look() {
    String now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      Home changed = home.reloaded();
      taken.accept(changed);
      tell(changed);
      home = changed;
    } catch (HomeException e) {
      home.tell(e.getMessage() + "; until that is mended the settings of before hold");
    }
  }

  private void tell(Home changed) {
    List<String> atOnce = new ArrayList<>();
    List<String> later = new ArrayList<>();
    for (String key : changed.settings().changedSince(home.settings())) {
      // What is configured by name, agents and webhooks, is no setting, and taken at once.
      boolean now = Setting.named(key).map(s -> s.effect() == Setting.Effect.AT_ONCE).orElse(true);
      (now ? atOnce : later).add(key);
    }
    if (!atOnce.isEmpty()) {
      home.tell("config.json has changed, and is taken now: " + String.join(", ", atOnce));
    }
    if (!later.isEmpty()) {
      home.tell(
          "config.json has changed; this takes effect when the program is started again: "
              + String.join(", ", later));
    }
  }

  private String stamp() {
    try {
      BasicFileAttributes of = Files.readAttributes(file, BasicFileAttributes.class);
      return of.lastModifiedTime() + " " + of.size() + " " + of.fileKey();
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    clock.close();
  }
}
