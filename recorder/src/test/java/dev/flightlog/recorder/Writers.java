package dev.flightlog.recorder;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program that records numbered events from several threads, and prints each number when its call
 * has returned, unbuffered: {@code Writers FOLDER ROUND THREADS EVENTS_EACH}.
 */
final class Writers {
  private Writers() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int threads = Integer.parseInt(args[2]);
    int each = Integer.parseInt(args[3]);
    FileOutputStream ledger = new FileOutputStream(FileDescriptor.out);
    FlightRecorder recorder =
        FlightRecorder.open(
            RecorderConfig.at(folder).ring(1 << 18).maxWait(Duration.ofSeconds(20)));
    ledger.write("open\n".getBytes(StandardCharsets.US_ASCII));
    Thread[] all = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      String name = args[1] + ":" + t + ":";
      all[t] = new Thread(() -> write(recorder, name, each, ledger));
      all[t].start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    recorder.close();
    ledger.write(("closed " + recorder.stats() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void write(
      FlightRecorder recorder, String name, int each, FileOutputStream ledger) {
    String filler = "x".repeat(name.hashCode() & 1023);
    for (int i = 0; i < each; i++) {
      Durability reached =
          recorder.toolCall("Read").detail("n", name + i).detail("filler", filler).log();
      if (reached.compareTo(Durability.WRITTEN) >= 0) {
        try {
          ledger.write((name + i + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          return;
        }
      }
    }
  }
}
