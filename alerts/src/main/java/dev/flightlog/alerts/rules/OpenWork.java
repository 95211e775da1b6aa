package dev.flightlog.alerts.rules;

import dev.flightlog.wording.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Something is open for longer than it should be: a session waits for a person, or a task gives no
 * sign. What is open is told by others.
 */
public final class OpenWork implements Rule {
  /**
   * What is open.
   *
   * @param id of the session or task
   * @param what half a sentence that begins with it
   * @param since in microseconds since 1970
   * @param todo what one can do
   */
  public record Open(String id, String what, long since, String todo) {}

  private final String name;
  private final String title;
  private final ToIntFunction<Limits> minutes;
  private final Function<Moment, List<Open>> source;

  private OpenWork(
      String name,
      String title,
      ToIntFunction<Limits> minutes,
      Function<Moment, List<Open>> source) {
    this.name = name;
    this.title = title;
    this.minutes = minutes;
    this.source = source;
  }

  /**
   * Sessions that wait for a person.
   *
   * @param source those that wait, since when
   */
  public static OpenWork waiting(Function<Moment, List<Open>> source) {
    return new OpenWork("waiting", "a session waits for you", Limits::waitingMinutes, source);
  }

  /**
   * Tasks that are queued or run.
   *
   * @param source those, with their last sign
   */
  public static OpenWork tasks(Function<Moment, List<Open>> source) {
    return new OpenWork("stuck_task", "a task is stuck", Limits::taskMinutes, source);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(20);
  }

  @Override
  public List<Condition> look(Moment moment) {
    int limit = minutes.applyAsInt(moment.limits());
    List<Condition> found = new ArrayList<>();
    if (limit == 0) {
      return found;
    }
    for (Open open : source.apply(moment)) {
      long age = moment.now() - open.since();
      if (age >= limit * Moment.MINUTE) {
        found.add(
            new Condition(
                name,
                open.id(),
                Severity.WARNING,
                title,
                String.format(
                    Locale.ROOT,
                    "%s for %s; %s",
                    Texts.line(open.what(), 200),
                    Units.span(age),
                    open.todo())));
      }
    }
    return found;
  }
}
