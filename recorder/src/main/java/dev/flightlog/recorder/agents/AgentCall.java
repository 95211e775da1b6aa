package dev.flightlog.recorder.agents;

/**
 * One call of an agent's method. The scope of its caller (workflow, session, task) was taken over
 * when it began, and holds for its executions on whatever thread they run.
 */
public interface AgentCall {
  /** Records that an execution starts; a publisher starts one with each subscription. */
  Execution start();

  /** Runs this in the agent's scope. */
  void within(Runnable work);

  /** Ends the agent's scope on the thread that began the call; executions may go on. */
  void leave();
}
