package dev.flightlog.alerts;

import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Moment;
import dev.flightlog.alerts.rules.Rule;
import dev.flightlog.alerts.rules.SessionWatch;
import dev.flightlog.alerts.sending.Target;
import dev.flightlog.alerts.state.AlertBook;
import dev.flightlog.alerts.state.Notice;
import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Looks at the rules and sends what is to be told. Rules and targets that fail cost themselves: the
 * others go on, and they are tried again. Two threads may call it, one {@link #look}, one {@link
 * #send}; neither takes part in the taking in of events.
 */
public final class Alerting {
  private static final long FIRST_PAUSE = Duration.ofSeconds(10).toNanos() / 1000;
  private static final long LONGEST_PAUSE = Duration.ofMinutes(30).toNanos() / 1000;
  private static final int DOUBLINGS = 8;

  /** What nobody took for so long is given up. */
  private static final long GIVEN_UP = Duration.ofDays(3).toNanos() / 1000;

  private final EventStore store;
  private final Pricing pricing;
  private final Clock clock;
  private final AlertBook book;
  private final SessionWatch watch;
  private final List<Rule> rules;
  private final Supplier<AlertSettings> settings;
  private final BiConsumer<Moment, Set<String>> guard;
  private final Consumer<String> messages;
  private final Map<String, Long> lookedAt = new HashMap<>();
  private final Map<String, List<Condition>> found = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  /**
   * @param watch the sessions that rules look at, followed here
   * @param settings as they are now
   * @param guard takes the sessions of which something arrived, and refuses them more if need be
   * @param messages is told, once each, what cannot be looked at or sent
   */
  public Alerting(
      EventStore store,
      Pricing pricing,
      Clock clock,
      AlertBook book,
      SessionWatch watch,
      List<Rule> rules,
      Supplier<AlertSettings> settings,
      BiConsumer<Moment, Set<String>> guard,
      Consumer<String> messages) {
    this.store = store;
    this.pricing = pricing;
    this.clock = clock;
    this.book = book;
    this.watch = watch;
    this.rules = List.copyOf(rules);
    this.settings = settings;
    this.guard = guard;
    this.messages = messages;
  }

  /** The alerts and the messages that wait. */
  public AlertBook book() {
    return book;
  }

  /** Looks at every rule whose turn it is, and keeps what has changed. */
  public void look() {
    AlertSettings now = settings.get();
    if (!now.enabled()) {
      return;
    }
    long time = Timestamps.of(clock.instant());
    Moment moment = new Moment(store, pricing, now.dates(), time, now.limits(), book::isFiring);
    attempt("the events that arrived", () -> guard.accept(moment, watch.follow(time)));
    Set<String> looked = new HashSet<>();
    List<Condition> conditions = new ArrayList<>();
    for (Rule rule : rules) {
      if (now.off().contains(rule.name())) {
        found.remove(rule.name());
        looked.add(rule.name());
        continue;
      }
      if (isDue(rule, time)
          && !attempt("the rule " + rule.name(), () -> found.put(rule.name(), rule.look(moment)))) {
        continue;
      }
      looked.add(rule.name());
      conditions.addAll(found.getOrDefault(rule.name(), List.of()));
    }
    try {
      book.update(looked, conditions, time, sending(now));
    } catch (IOException e) {
      tell("the alerts cannot be kept: " + e);
    }
  }

  private boolean isDue(Rule rule, long time) {
    Long last = lookedAt.get(rule.name());
    long every = rule.every().toNanos() / 1000;
    if (last != null && time >= last && time - last < every) {
      return false;
    }
    lookedAt.put(rule.name(), time);
    return true;
  }

  private boolean attempt(String what, Runnable part) {
    try {
      part.run();
      return true;
    } catch (RuntimeException e) {
      tell(what + " could not be looked at: " + e.getMessage());
      return false;
    }
  }

  private static AlertBook.Sending sending(AlertSettings settings) {
    Set<String> names = new HashSet<>();
    settings.targets().forEach(target -> names.add(target.name()));
    return new AlertBook.Sending(names, settings.quiet(), settings.dates());
  }

  /**
   * Sends what is due, each target in the order of the changes; blocks as long as targets do.
   *
   * @throws InterruptedException when the thread was interrupted
   */
  public void send() throws InterruptedException {
    AlertSettings now = settings.get();
    try {
      book.clean(sending(now).targets(), Timestamps.of(clock.instant()) - GIVEN_UP);
      for (Target target : now.targets()) {
        send(target);
      }
    } catch (IOException e) {
      tell("what was sent cannot be kept: " + e);
    }
  }

  private void send(Target target) throws IOException, InterruptedException {
    while (true) {
      long time = Timestamps.of(clock.instant());
      Optional<Notice> next = book.next(target.name(), time);
      if (next.isEmpty()) {
        return;
      }
      Notice notice = next.get();
      try {
        target.send(notice);
      } catch (IOException | RuntimeException e) {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(notice.attempts(), DOUBLINGS));
        book.failed(notice, time + pause);
        tell("an alert cannot be sent by " + target.name() + ", and waits: " + e.getMessage());
        return;
      }
      book.sent(notice);
    }
  }

  private synchronized void tell(String message) {
    if (told.size() > 100) {
      told.clear();
    }
    if (told.add(message)) {
      messages.accept(message);
    }
  }
}
