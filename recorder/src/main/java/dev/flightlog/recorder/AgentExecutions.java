package dev.flightlog.recorder;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.ContextSize;
import dev.flightlog.recorder.agents.Execution;
import dev.flightlog.recorder.agents.ExecutionLog;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Records executions of agents in the scope of who called them. */
final class AgentExecutions implements ExecutionLog {
  /** A scope of an agent, which is made once for each scope of its callers. */
  private record Known(Attribution caller, String agent, Attribution own) {}

  private static final int KNOWN = 256;
  private static final int ERRORS = 64;

  private final FlightRecorder recorder;
  private final Bindings bindings;
  private final TextLimit limit;

  /** What is read here is immutable; a scope that was overwritten is made again. */
  private final @Nullable Known[] known = new @Nullable Known[KNOWN];

  /** The errors that were told last: one that passes through several agents is told once. */
  private final AtomicReferenceArray<@Nullable WeakReference<Throwable>> errors =
      new AtomicReferenceArray<>(ERRORS);

  private final AtomicInteger nextError = new AtomicInteger();

  AgentExecutions(FlightRecorder recorder, Bindings bindings, TextLimit limit) {
    this.recorder = recorder;
    this.bindings = bindings;
    this.limit = limit;
  }

  @Override
  public AgentCall call(String agent, @Nullable Object @Nullable [] arguments) {
    Attribution caller = bindings.current();
    return new Call(caller.agent(), agent, own(caller, agent), ContextSize.of(arguments));
  }

  private Attribution own(Attribution caller, String agent) {
    int at = (System.identityHashCode(caller) * 31 + agent.hashCode()) & KNOWN - 1;
    Known found = known[at];
    if (found != null && found.caller == caller && found.agent.equals(agent)) {
      return found.own;
    }
    @Nullable Object[] changes = Attribution.noChanges();
    changes[Attribution.AGENT] = agent;
    Attribution own = caller.with(changes, limit);
    known[at] = new Known(caller, agent, own);
    return own;
  }

  private boolean isTold(Throwable error) {
    for (int i = 0; i < ERRORS; i++) {
      WeakReference<Throwable> told = errors.get(i);
      if (told != null && told.refersTo(error)) {
        return true;
      }
    }
    errors.set(
        (nextError.getAndIncrement() & Integer.MAX_VALUE) % ERRORS, new WeakReference<>(error));
    return false;
  }

  private final class Call implements AgentCall {
    private final @Nullable String from;
    private final String agent;
    private final Attribution own;
    private final Bindings.Binding binding;
    private final long contextSize;

    Call(@Nullable String from, String agent, Attribution own, long contextSize) {
      this.from = from;
      this.agent = agent;
      this.own = own;
      this.contextSize = contextSize;
      this.binding = bindings.bind(own);
    }

    @Override
    public Execution start() {
      within(this::logStart);
      return new Running(this);
    }

    private void logStart() {
      if (from != null && !from.equals(agent)) {
        EventBuilder handOver =
            recorder
                .event(EventTypes.AGENT_TRANSITION, Category.EXECUTION)
                .agent(from)
                .detail("from_agent", from)
                .detail("to_agent", agent);
        sized(handOver, "state_size").log();
      }
      sized(recorder.event(EventTypes.AGENT_STARTED, Category.EXECUTION), "context_size").log();
    }

    private EventBuilder sized(EventBuilder event, String key) {
      return contextSize == ContextSize.UNKNOWN ? event : event.detail(key, contextSize);
    }

    @Override
    public void within(Runnable work) {
      if (bindings.current() == own) {
        work.run();
      } else {
        OpenScope.wrap(bindings, own, work).run();
      }
    }

    @Override
    public void leave() {
      bindings.unbind(binding);
    }
  }

  private final class Running implements Execution {
    private final Call call;
    private final long start = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();

    Running(Call call) {
      this.call = call;
    }

    private EventBuilder end() {
      return recorder.event(EventTypes.AGENT_FINISHED, Category.EXECUTION).durationSince(start);
    }

    @Override
    public void finished() {
      if (ended.compareAndSet(false, true)) {
        call.within(() -> end().success(true).log());
      }
    }

    @Override
    public void failed(Throwable error) {
      if (ended.compareAndSet(false, true)) {
        call.within(() -> {
          if (!isTold(error)) {
            recorder.error(error);
          }
          end().failed(error).log();
        });
      }
    }

    @Override
    public void suspended() {
      if (ended.compareAndSet(false, true)) {
        call.within(() -> end().detail("suspended", true).log());
      }
    }

    @Override
    public void cancelled() {
      if (ended.compareAndSet(false, true)) {
        call.within(() -> end().failed("cancelled", null).log());
      }
    }
  }
}
