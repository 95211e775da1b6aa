package dev.flightlog.runs;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import org.jspecify.annotations.Nullable;

/** The recorder of the environment, open as long as some run of this process uses it. */
final class SharedRecorder {
  private static @Nullable FlightRecorder open;
  private static int users;

  private SharedRecorder() {}

  static synchronized FlightRecorder take() {
    FlightRecorder recorder = open;
    if (recorder == null) {
      recorder = FlightRecorder.open(RecorderConfig.fromEnvironment());
      open = recorder;
    }
    users++;
    return recorder;
  }

  static synchronized void giveBack() {
    FlightRecorder recorder = open;
    if (--users == 0 && recorder != null) {
      open = null;
      recorder.close();
    }
  }
}
