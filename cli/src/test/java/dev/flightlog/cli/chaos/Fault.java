package dev.flightlog.cli.chaos;

/** What is done to a home at work. */
enum Fault {
  REDIS_KILLED,
  REDIS_EMPTIED,
  REDIS_REPLICA,
  /** Connections to Redis are cut and none is taken. */
  NETWORK_CUT,
  /** Connections to Redis stay, and nothing comes through. */
  NETWORK_HANGS,
  DISK_FULL,
  /** Nothing can be opened for writing any more; what is open stays so. */
  DISK_READ_ONLY,
  SERVER_KILLED,
  WORKER_KILLED,
  AGENT_KILLED,
  RECORDER_KILLED,
  IMPORTER_KILLED,
  CLOCK_AHEAD,
  CLOCK_BEHIND;

  boolean ofDisk() {
    return this == DISK_FULL || this == DISK_READ_ONLY;
  }

  boolean ofClock() {
    return this == CLOCK_AHEAD || this == CLOCK_BEHIND;
  }
}
