package dev.flightlog.recorder;

/** How safe an event is when the call that logged it has returned; in rising order. */
public enum Durability {
  /**
   * It is nowhere; {@link RecorderStats#dropped} counts it and a {@code recorder_gap} tells, but
   * for {@link FlightRecorder#none}.
   */
  DROPPED,
  /** In this process's memory: lost when the process is killed. */
  ACCEPTED,
  /** Survives {@code kill -9} of the process. */
  WRITTEN,
  /** Survives a power cut. */
  SYNCED
}
