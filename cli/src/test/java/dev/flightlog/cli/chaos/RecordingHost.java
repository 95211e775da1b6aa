package dev.flightlog.cli.chaos;

import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.nio.file.Path;

/**
 * A program that records, and prints the key of what the recorder has acknowledged: {@code HOME
 * NAME}.
 */
final class RecordingHost {
  private RecordingHost() {}

  public static void main(String[] arguments) {
    String name = arguments[1] + "-" + ProcessHandle.current().pid() + "-";
    try (FlightRecorder recorder =
        FlightRecorder.open(RecorderConfig.at(Path.of(arguments[0])).story("chaos"))) {
      for (int i = 0; ; i++) {
        Durability reached =
            recorder.toolCall("Read").detail("key", name + i).detail("text", "x".repeat(100)).log();
        if (reached == Durability.WRITTEN) {
          System.out.println(name + i);
        }
        Pause.millis(100);
      }
    }
  }
}
