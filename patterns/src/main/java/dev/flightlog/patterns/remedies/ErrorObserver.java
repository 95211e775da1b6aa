package dev.flightlog.patterns.remedies;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.FactCollector;
import dev.flightlog.patterns.digest.SessionObserver;
import dev.flightlog.patterns.digest.SessionWatch;
import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.FactText;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.patterns.templates.MessageSignature;
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
 * agent, and within {@value #HORIZON} of its calls. The facts are {@link ErrorFact}s.
 */
public final class ErrorObserver implements SessionObserver {
  public static final String NAME = FactText.name(ErrorFact.class);

  /** How many calls of the agent an error is followed. */
  public static final int HORIZON = 60;

  private static final int MOST_OPEN = 40;
  private static final int MOST_TRIED = 6;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int version() {
    return 4;
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
  public SessionWatch watch(String session, FactCollector facts) {
    return new Watch(session, facts);
  }

  /** An error whose end is not known yet. */
  private static final class Open {
    final ToolCall failed;
    final int ordinal;
    final List<Change> tried = new ArrayList<>();
    int followed;

    Open(ToolCall failed, int ordinal) {
      this.failed = failed;
      this.ordinal = ordinal;
    }
  }

  private static final class Agent {
    final Deque<ToolCall> recent = new ArrayDeque<>();
    final List<Open> open = new ArrayList<>();
  }

  private static final class Watch implements SessionWatch {
    private final String session;
    private final FactCollector facts;
    private final Map<@Nullable String, Agent> agents = new HashMap<>();
    private int ordinal;

    Watch(String session, FactCollector facts) {
      this.session = session;
      this.facts = facts;
    }

    @Override
    public void see(Event event) {
      ToolCall call = ToolCall.of(event);
      if (call != null) {
        ordinal++;
        see(call, agents.computeIfAbsent(call.agent(), name -> new Agent()));
      } else if (isError(event)) {
        facts.add(noCall(event));
      }
    }

    private static boolean isError(Event event) {
      boolean failed = Boolean.FALSE.equals(event.flag(Field.SUCCESS));
      return event.category() == Category.ERROR
          || (failed && event.eventType().equals(EventTypes.MODEL_CALL));
    }

    private void see(ToolCall call, Agent agent) {
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
    private boolean answers(ToolCall call, Open open, Agent agent) {
      boolean same = (call.succeeded() || call.failed()) && CallIntent.isSame(open.failed, call);
      if (same) {
        Change change = CallDifference.of(open.failed, between(open.failed, agent), call);
        if (call.succeeded()) {
          close(open, change, call);
          return true;
        }
        if (open.tried.size() < MOST_TRIED) {
          open.tried.add(change);
        }
      }
      if (open.followed >= HORIZON) {
        close(open, null, null);
      }
      return false;
    }

    private static List<ToolCall> between(ToolCall failed, Agent agent) {
      List<ToolCall> between = new ArrayList<>();
      for (ToolCall call : agent.recent) {
        if (call.begin() >= failed.end() && call.succeeded()) {
          between.add(call);
        }
      }
      return between;
    }

    private void close(Open open, @Nullable Change change, @Nullable ToolCall success) {
      ToolCall failed = open.failed;
      facts.add(
          new ErrorFact(
              new Occasion(session, failed.begin(), failed.agent(), failed.story()),
              failed.id(),
              failed.tool(),
              failed.errorType(),
              failed.signature(),
              template(failed.message()),
              failed.message(),
              open.ordinal,
              open.followed,
              open.tried,
              change,
              success == null ? "" : success.id(),
              failed.line(),
              success == null ? "" : success.line()));
    }

    /** An error that is no tool call. */
    private ErrorFact noCall(Event event) {
      String type = event.detail("error_type");
      String message = event.detail("message");
      String text = message == null ? "" : message;
      return new ErrorFact(
          Occasion.of(session, event),
          event.id(),
          "",
          type == null ? event.eventType() : type,
          "",
          template(text),
          text,
          ordinal,
          0,
          List.of(),
          null,
          "",
          "",
          "");
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
    return MessageSignature.of(message).text();
  }
}
