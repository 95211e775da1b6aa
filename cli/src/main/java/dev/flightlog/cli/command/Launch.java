package dev.flightlog.cli.command;

/**
 * How the launcher runs Java for a command: compilers, heap, libraries, and whether it may build
 * first. The options of Java stand in {@code build/start.sh}, whose table of commands says the same
 * as the commands do.
 */
public enum Launch {
  /** Answers at once: the small compiler, a heap that begins small. */
  ANSWER,

  /** Answers at once, and may talk to a queue, a server or a provider. */
  TASKS,

  /** Runs for minutes: both compilers. */
  IMPORT,

  /** Serves until it is stopped, and is never kept waiting by a build. */
  SERVE,

  /** An agent waits for it: answers at once, and is never kept waiting by a build. */
  HOOK,

  /** Runs beside the agents that it starts: the smallest heap. */
  WORK
}
