package dev.flightlog.recorder.agents;

/** Knows a type of results that stand for work which goes on after the method has returned. */
public interface ResultAdapter {
  /** Whether methods of this result type return such results. */
  boolean adapts(Class<?> resultType);

  /**
   * True when the work begins when the result is subscribed to, and again with every subscription;
   * false when it has begun when the method returns.
   */
  boolean isLazy();

  /**
   * The result that the caller gets instead: it behaves as the given one, and has told the
   * execution how it ended before the caller can see it.
   *
   * @param call starts an execution for each subscription, when lazy; else asked once
   */
  Object watch(Object result, AgentCall call);
}
