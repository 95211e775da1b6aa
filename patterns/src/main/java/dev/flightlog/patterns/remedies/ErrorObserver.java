package dev.flightlog.patterns.remedies;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.SessionFacts;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.templates.Signature;
import dev.flightlog.store.Filter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows each error until its intent succeeds, is given up, or the session ends. A later call
 * counts as an answer to the error only when it was made after the error was known, by the same
 * agent, and within {@value #HORIZON} of its calls. The facts are {@link ErrorCase}s.
 */
public final class ErrorObserver implements SessionObserver {
  public static final String NAME = "errors";

  /** How many calls of the agent an error is followed. */
  public static final int HORIZON = 60;

  /** With fewer calls behind it, nobody can know what would have become of an error. */
  static final int FEWEST = 10;

  private static final int MOST_OPEN = 40;
  private static final int MOST_TRIED = 6;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public Filter wanted() {
    return Filter.or(
        Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL),
        Filter.is(Field.CATEGORY, Category.ERROR.wireName()),
        Filter.and(
            Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL), Filter.is(Field.SUCCESS, false)));
  }

  @Override
  public SessionWatch watch(String session, SessionFacts facts) {
    return new Watch(facts);
  }

  /** An error whose end is not known yet. */
  private static final class Open {
    final Call failed;
    final int ordinal;
    final List<String> tried = new ArrayList<>();
    int followed;

    Open(Call failed, int ordinal) {
      this.failed = failed;
      this.ordinal = ordinal;
    }
  }

  private static final class Agent {
    final Deque<Call> recent = new ArrayDeque<>();
    final List<Open> open = new ArrayList<>();
  }

  private static final class Watch implements SessionWatch {
    private final SessionFacts facts;
    private final Map<@Nullable String, Agent> agents = new HashMap<>();
    private int ordinal;

    Watch(SessionFacts facts) {
      this.facts = facts;
    }

    @Override
    public void see(Event event) {
      Call call = Call.of(event);
      if (call != null) {
        ordinal++;
        see(call, agents.computeIfAbsent(call.agent(), name -> new Agent()));
      } else if (isError(event)) {
        facts.add(event, ErrorCase.ofEvent(event, ordinal));
      }
    }

    private static boolean isError(Event event) {
      boolean failed = Boolean.FALSE.equals(event.flag(Field.SUCCESS));
      return event.category() == Category.ERROR
          || (failed && event.eventType().equals(EventTypes.MODEL_CALL));
    }

    private void see(Call call, Agent agent) {
      for (Iterator<Open> each = agent.open.iterator(); each.hasNext(); ) {
        Open open = each.next();
        if (call.begin() < open.failed.end()) {
          continue;
        }
        open.followed++;
        if (answers(call, open, agent) || open.followed >= HORIZON) {
          each.remove();
        }
      }
      agent.recent.addLast(call);
      if (agent.recent.size() > HORIZON) {
        agent.recent.removeFirst();
      }
      if (call.failed()) {
        if (agent.open.size() >= MOST_OPEN) {
          close(agent.open.removeFirst(), null, null);
        }
        agent.open.add(new Open(call, ordinal));
      }
    }

    /** True when the case is closed. */
    private boolean answers(Call call, Open open, Agent agent) {
      boolean same = (call.succeeded() || call.failed()) && Intent.isSame(open.failed, call);
      if (same) {
        Remedy remedy = Difference.of(open.failed, between(open.failed, agent), call);
        if (call.succeeded()) {
          close(open, remedy, call);
          return true;
        }
        if (open.tried.size() < MOST_TRIED) {
          open.tried.add(remedy.key());
        }
      }
      if (open.followed >= HORIZON) {
        close(open, null, null);
      }
      return false;
    }

    private static List<Call> between(Call failed, Agent agent) {
      List<Call> between = new ArrayList<>();
      for (Call call : agent.recent) {
        if (call.begin() >= failed.end() && call.succeeded()) {
          between.add(call);
        }
      }
      return between;
    }

    private void close(Open open, @Nullable Remedy remedy, @Nullable Call success) {
      Call failed = open.failed;
      facts.add(
          failed.begin(),
          failed.agent(),
          failed.story(),
          ErrorCase.of(failed, open.ordinal, open.followed, open.tried, remedy, success));
    }

    @Override
    public void end() {
      for (Agent agent : agents.values()) {
        for (Open open : agent.open) {
          close(open, null, null);
        }
        agent.open.clear();
      }
    }
  }

  /** The template of an error's message: the same in every process. */
  static String template(String message) {
    return Signature.of(message).text();
  }
}
