package dev.flightlog.recorder.agents;

import org.jspecify.annotations.Nullable;

/** Takes down what agents do. For any thread; nothing of it throws or waits for the disk. */
public interface ExecutionLog {
  /**
   * Begins a call of an agent's method: until {@link AgentCall#leave} this thread is in the agent's
   * scope. Nothing is recorded yet.
   *
   * @param arguments what the method is given, from which the size of its context is told
   */
  AgentCall call(String agent, @Nullable Object @Nullable [] arguments);
}
