package dev.flightlog.patterns.sequences;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.facts.RepeatFact;
import dev.flightlog.patterns.remedies.ToolCall;
import dev.flightlog.store.Filter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the same call made again and again by one agent with nothing in between: the same tool with
 * the same arguments. The facts are {@link RepeatFact}s.
 */
public final class RepeatObserver implements SessionObserver {
  public static final String NAME = FactText.name(RepeatFact.class);

  /** Fewer are no pattern. */
  public static final int FEWEST = 3;

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
    return Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
  }

  @Override
  public SessionWatch watch(String session, FactCollector facts) {
    return new Watch(session, facts);
  }

  private static final class Run {
    ToolCall first;
    int times = 1;
    int failed;

    Run(ToolCall first) {
      this.first = first;
      this.failed = first.failed() ? 1 : 0;
    }
  }

  private static final class Watch implements SessionWatch {
    private final String session;
    private final FactCollector facts;
    private final Map<@Nullable String, Run> runs = new HashMap<>();

    Watch(String session, FactCollector facts) {
      this.session = session;
      this.facts = facts;
    }

    @Override
    public void see(Event event) {
      ToolCall call = ToolCall.of(event);
      if (call == null) {
        return;
      }
      Run run = runs.get(call.agent());
      boolean again =
          run != null
              && run.first.tool().equals(call.tool())
              && !call.arguments().isEmpty()
              && run.first.arguments().equals(call.arguments());
      if (run != null && again) {
        run.times++;
        run.failed += call.failed() ? 1 : 0;
      } else {
        tell(run);
        runs.put(call.agent(), new Run(call));
      }
    }

    private void tell(@Nullable Run run) {
      if (run != null && run.times >= FEWEST) {
        ToolCall first = run.first;
        facts.add(
            new RepeatFact(
                new Occasion(session, first.begin(), first.agent(), first.story()),
                first.tool(),
                first.signature(),
                run.times,
                run.failed,
                first.id()));
      }
    }

    @Override
    public void end() {
      for (Run run : runs.values()) {
        tell(run);
      }
      runs.clear();
    }
  }
}
