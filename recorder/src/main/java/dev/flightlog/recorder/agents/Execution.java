package dev.flightlog.recorder.agents;

/**
 * One execution of an agent that has started. It ends once, with the first of these calls, from any
 * thread; later ones have no effect.
 */
public interface Execution {
  /** Records that it ended well. */
  void finished();

  /** Records that it failed, and the error with its stack. */
  void failed(Throwable error);

  /** Records that it stopped before its end and may go on later, as another execution. */
  void suspended();

  /** Records that nobody waits for its result any more. */
  void cancelled();
}
