package dev.flightlog.langchain4j;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.agents.AgentCall;
import dev.flightlog.recorder.agents.Execution;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The agents that are at work. Those that end on the thread on which they began are in scope there
 * meanwhile, the innermost last; others are known by their key only. For any thread.
 */
final class OpenAgents {
  /**
   * One of them.
   *
   * @param key by what its end is known
   * @param type the interface of the agent, by its name
   */
  record Open(Object key, String type, AgentCall call, Execution execution) {}

  private final FlightRecorder recorder;
  private final ThreadLocal<@Nullable Deque<Open>> onThread = new ThreadLocal<>();
  private final ThreadLocal<@Nullable Open> asking = new ThreadLocal<>();
  private final Map<Object, Open> elsewhere = new ConcurrentHashMap<>();

  OpenAgents(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  /** Begins an execution that will end on this thread. */
  void begin(Object key, String type, String agent, @Nullable Object[] context) {
    AgentCall call = recorder.executions().call(agent, context);
    Deque<Open> open = onThread.get();
    if (open == null) {
      open = new ArrayDeque<>();
      onThread.set(open);
    }
    open.addLast(new Open(key, type, call, call.start()));
  }

  /** Begins an execution that may end on another thread. */
  void beginElsewhere(Object key, String type, String agent, @Nullable Object[] context) {
    AgentCall call = recorder.executions().call(agent, context);
    try {
      elsewhere.put(key, new Open(key, type, call, call.start()));
    } finally {
      call.leave();
    }
  }

  /**
   * Ends the agent of this key, and those inside of it whose end nobody told.
   *
   * @return the execution, to be told how it ended; null when there is none
   */
  @Nullable Execution end(Object key) {
    Open gone = elsewhere.remove(key);
    if (gone != null) {
      return gone.execution;
    }
    Deque<Open> open = onThread.get();
    if (open == null || open.stream().noneMatch(each -> each.key.equals(key))) {
      return null;
    }
    Open last = open.removeLast();
    while (!last.key.equals(key)) {
      last.execution.cancelled();
      last.call.leave();
      last = open.removeLast();
    }
    last.call.leave();
    if (open.isEmpty()) {
      onThread.remove();
    }
    return last.execution;
  }

  /** Ends all agents of this thread, which have stopped for the time being. */
  void suspend() {
    Deque<Open> open = onThread.get();
    while (open != null && !open.isEmpty()) {
      Open last = open.removeLast();
      last.execution.suspended();
      last.call.leave();
    }
    onThread.remove();
  }

  /** Whether the innermost agent of this thread is of this interface. */
  boolean isInnermost(String type) {
    Deque<Open> open = onThread.get();
    Open last = open == null ? null : open.peekLast();
    return last != null && last.type.equals(type);
  }

  /** The agent of this key is about to call a model on this thread. */
  void asks(Object key) {
    Open open = elsewhere.get(key);
    if (open == null) {
      asking.remove();
    } else {
      asking.set(open);
    }
  }

  /** The scope of a model's call that begins on this thread: the task in it, on any thread. */
  Runnable scoped(Runnable task) {
    Open open = asking.get();
    asking.remove();
    return open == null ? recorder.scope().wrap(task) : () -> open.call.within(task);
  }

  /** Runs this in the scope of the agent of this key, or in that of this thread. */
  void within(@Nullable Object key, Runnable task) {
    Open open = key == null ? null : elsewhere.get(key);
    if (open == null) {
      task.run();
    } else {
      open.call.within(task);
    }
  }
}
