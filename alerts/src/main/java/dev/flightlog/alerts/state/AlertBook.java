package dev.flightlog.alerts.state;

import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a home and what is not sent yet, in one file, so that both change together: a crash
 * loses no message and makes none twice, but for one that was being sent. Safe for many threads;
 * blocks for the file.
 */
public final class AlertBook {
  /** Its name in the home. */
  public static final String FILE = "alerts.json";

  /** A condition that comes and goes is over when it was away so long. */
  private static final long AWAY = Duration.ofMinutes(2).toNanos() / 1000;

  /** How long what is over stays in the list. */
  private static final long KEPT = Duration.ofDays(7).toNanos() / 1000;

  private static final int MOST_ALERTS = 500;
  private static final int MOST_NOTICES = 500;

  private final Path file;
  private final Acknowledgements wishes;
  private final Map<String, Alert> firing = new LinkedHashMap<>();
  private final List<Alert> over = new ArrayList<>();
  private final List<Notice> unsent = new ArrayList<>();

  /** Since when the condition of an alert was not found any more, by its key. */
  private final Map<String, Long> awaySince = new HashMap<>();

  private long leftOut;

  private AlertBook(Path home) {
    file = home.resolve(FILE);
    wishes = Acknowledgements.inHome(home);
  }

  /**
   * Reads the file, which need not be there.
   *
   * @throws IOException when it cannot be read
   */
  public static AlertBook open(Path home) throws IOException {
    AlertBook book = new AlertBook(home);
    AlertFile.Content content = AlertFile.read(book.file);
    for (Alert alert : content.alerts()) {
      if (alert.isFiring()) {
        book.firing.put(alert.condition().key(), alert);
      } else {
        book.over.add(alert);
      }
    }
    book.unsent.addAll(content.notices());
    book.leftOut = content.leftOut();
    return book;
  }

  /** How messages are made of changes. */
  public record Sending(Set<String> targets, @Nullable QuietHours quiet, Dates dates) {}

  /**
   * Takes in what rules found: new conditions fire, those that were away for a while are resolved.
   *
   * @param looked the rules that could look this time; alerts of others stay as they are
   */
  public synchronized void update(
      Set<String> looked, List<Condition> found, long now, Sending sending) throws IOException {
    acknowledgeWished(now);
    boolean changed = false;
    Map<String, Condition> holds = new LinkedHashMap<>();
    found.forEach(condition -> holds.putIfAbsent(condition.key(), condition));
    for (Condition condition : holds.values()) {
      changed |= found(condition, now, sending);
    }
    for (Alert alert : List.copyOf(firing.values())) {
      String key = alert.condition().key();
      if (holds.containsKey(key) || !looked.contains(alert.condition().rule())) {
        awaySince.remove(key);
      } else if (now - awaySince.computeIfAbsent(key, _ -> now) >= AWAY) {
        resolve(alert, now, sending);
        changed = true;
      }
    }
    changed |= over.removeIf(alert -> alert.over() != null && now - alert.over() > KEPT);
    if (changed) {
      write();
    }
  }

  private boolean found(Condition condition, long now, Sending sending) {
    Alert known = firing.get(condition.key());
    if (known == null) {
      if (firing.size() >= MOST_ALERTS) {
        leftOut++;
        return false;
      }
      String id =
          EventIds.ofKey(condition.key() + ":" + now)
              .substring(0, 8)
              .toLowerCase(java.util.Locale.ROOT);
      Alert alert = new Alert(id, condition, now, null, null);
      firing.put(condition.key(), alert);
      tell(Notice.Kind.FIRED, alert, now, sending);
      return true;
    }
    boolean worse = condition.severity().compareTo(known.condition().severity()) > 0;
    Alert alert = known.with(condition);
    firing.put(condition.key(), alert);
    if (worse && known.acknowledged() == null) {
      tell(Notice.Kind.WORSE, alert, now, sending);
    }
    return worse;
  }

  private void resolve(Alert alert, long now, Sending sending) {
    Alert ended = alert.over(now);
    firing.remove(alert.condition().key());
    awaySince.remove(alert.condition().key());
    over.add(ended);
    if (over.size() > MOST_ALERTS) {
      over.removeFirst();
    }
    for (String target : sending.targets()) {
      // Who was never told that it began need not be told that it is over.
      boolean held =
          unsent.removeIf(notice ->
              notice.target().equals(target)
                  && notice.alert().id().equals(alert.id())
                  && notice.attempts() == 0
                  && notice.due() > now);
      if (!held) {
        add(Notice.Kind.RESOLVED, ended, target, now, sending);
      }
    }
  }

  private void tell(Notice.Kind kind, Alert alert, long now, Sending sending) {
    sending.targets().forEach(target -> add(kind, alert, target, now, sending));
  }

  private void add(Notice.Kind kind, Alert alert, String target, long now, Sending sending) {
    QuietHours quiet = sending.quiet();
    boolean held = quiet != null && kind != Notice.Kind.TEST;
    long due = held && quiet != null ? quiet.due(now, sending.dates()) : now;
    String id = alert.id() + "-" + kind.word() + "-" + target;
    if (unsent.size() >= MOST_NOTICES) {
      unsent.removeFirst();
      leftOut++;
    }
    unsent.add(new Notice(id, target, kind, alert, now, 0, due));
  }

  /** Takes what other processes wish to be acknowledged. */
  private void acknowledgeWished(long now) throws IOException {
    boolean changed = false;
    for (String id : wishes.all()) {
      for (Map.Entry<String, Alert> each : firing.entrySet()) {
        if (each.getValue().id().equals(id)) {
          each.setValue(each.getValue().acknowledged(now));
          changed = true;
        }
      }
    }
    if (changed) {
      write();
    }
    wishes.clear();
  }

  /** Says that somebody knows of an alert; false when none that fires has this id. */
  public synchronized boolean acknowledge(String id, long now) throws IOException {
    for (Map.Entry<String, Alert> each : firing.entrySet()) {
      if (each.getValue().id().equals(id)) {
        each.setValue(each.getValue().acknowledged(now));
        write();
        return true;
      }
    }
    return false;
  }

  /** True while the alert of a condition fires. */
  public synchronized boolean isFiring(String key) {
    return firing.containsKey(key);
  }

  /** Those that fire, the worst and newest first; then those that are over, the newest first. */
  public synchronized List<Alert> all() {
    List<Alert> all = new ArrayList<>(firing.values());
    all.sort(
        Comparator.comparing((Alert alert) -> alert.condition().severity())
            .thenComparing(Alert::since)
            .reversed());
    all.addAll(over.reversed());
    return all;
  }

  /** The next message to this target that is due; the oldest. */
  public synchronized Optional<Notice> next(String target, long now) {
    return unsent.stream()
        .filter(notice -> notice.target().equals(target))
        .findFirst()
        .filter(notice -> notice.due() <= now);
  }

  /** What became of an attempt to send a message. */
  public synchronized void sent(Notice notice) throws IOException {
    unsent.removeIf(each -> each.id().equals(notice.id()));
    write();
  }

  /** The message could not be sent, and is to be tried again later. */
  public synchronized void failed(Notice notice, long later) throws IOException {
    unsent.replaceAll(each -> each.id().equals(notice.id()) ? each.again(later) : each);
    write();
  }

  /** Forgets what is for targets that there are no more, and what waits for longer than this. */
  public synchronized void clean(Set<String> targets, long before) throws IOException {
    int waiting = unsent.size();
    if (unsent.removeIf(n -> !targets.contains(n.target()) || n.at() < before)) {
      leftOut += waiting - unsent.size();
      write();
    }
  }

  /** Messages that are not sent yet. */
  public synchronized int waiting() {
    return unsent.size();
  }

  /** Messages and alerts that were given up, because there were too many or nobody took them. */
  public synchronized long leftOut() {
    return leftOut;
  }

  private void write() throws IOException {
    List<Alert> alerts = new ArrayList<>(over);
    alerts.addAll(firing.values());
    AtomicFile.write(file, AlertFile.bytes(new AlertFile.Content(alerts, unsent, leftOut)));
  }
}
