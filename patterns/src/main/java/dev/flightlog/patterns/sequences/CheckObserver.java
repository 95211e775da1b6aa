package dev.flightlog.patterns.sequences;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.CheckFact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.remedies.UnchangedRuns;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds in each session how often a check (a test, a build, a linter) was run, how long that took,
 * and how often nothing had changed since. The facts are {@link CheckFact}s. Stateless.
 */
public final class CheckObserver implements SessionObserver {
  public static final String NAME = FactText.name(CheckFact.class);

  private static final int MOST_CHECKS = 50;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public Filter wanted() {
    return Filter.in(
        Attribute.of(Field.EVENT_TYPE), List.of(EventTypes.TOOL_CALL, EventTypes.USER_PROMPT));
  }

  @Override
  public SessionWatch watch(String session, FactCollector facts) {
    return new Watch(session, facts);
  }

  private record Check(String tool, String program) {}

  private static final class Use {
    final Occasion first;
    long runs;
    long millis;
    long unchanged;
    long unchangedMillis;
    long longest = -1;
    String event = "";

    Use(Occasion first) {
      this.first = first;
    }

    void add(String id, boolean again, long took) {
      runs++;
      millis += took;
      if (again) {
        unchanged++;
        unchangedMillis += took;
      }
      if (again || (unchanged == 0 && took > longest)) {
        event = id;
        longest = took;
      }
    }
  }

  private static final class Watch implements SessionWatch {
    private final String session;
    private final FactCollector facts;
    private final UnchangedRuns runs = new UnchangedRuns();
    private final Map<Check, Use> checks = new LinkedHashMap<>();

    Watch(String session, FactCollector facts) {
      this.session = session;
      this.facts = facts;
    }

    @Override
    public void see(Event event) {
      runs.see(event)
          .ifPresent(run -> {
            Check check = new Check(run.call().tool(), run.call().signature());
            if (checks.size() < MOST_CHECKS || checks.containsKey(check)) {
              checks
                  .computeIfAbsent(check, any -> new Use(Occasion.of(session, event)))
                  .add(event.id(), run.unchanged(), took(event));
            }
          });
    }

    private static long took(Event event) {
      Long duration = event.integer(Field.DURATION_MS);
      Number waited = event.detailNumber("waiting_ms");
      return duration == null
          ? 0
          : Math.max(0, duration - (waited == null ? 0 : waited.longValue()));
    }

    @Override
    public void end() {
      checks.forEach((check, use) ->
          facts.add(
              new CheckFact(
                  use.first,
                  check.tool,
                  check.program,
                  use.runs,
                  use.millis,
                  use.unchanged,
                  use.unchangedMillis,
                  use.event)));
      checks.clear();
    }
  }
}
