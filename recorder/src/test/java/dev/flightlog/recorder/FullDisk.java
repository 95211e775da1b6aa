package dev.flightlog.recorder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.Timestamps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills a small file system with events, goes on while it is full, makes room, goes on, and prints
 * what it saw as {@code name=value}: {@code FullDisk FOLDER filler}. With {@code blocked} instead,
 * a folder stands where the journal should be, which fails in the same calls on any file system.
 */
final class FullDisk {
  private static final int CALLS_WHILE_FULL = 20_000;
  private static final long NOW = 1_770_000_000_000_000L;

  private final Path mount;
  private final Path obstacle;
  private final FlightRecorder recorder;
  private final Set<String> kept = new HashSet<>();
  private int next;

  private FullDisk(Path mount, Path obstacle) {
    this.mount = mount;
    this.obstacle = obstacle;
    recorder =
        FlightRecorder.open(
            RecorderConfig.at(mount.resolve("home")).clock(() -> Timestamps.instant(NOW)));
  }

  public static void main(String[] args) throws Exception {
    Path mount = Path.of(args[0]);
    Path obstacle = mount.resolve("filler");
    if (args[1].equals("filler")) {
      Files.write(obstacle, new byte[400_000]);
    } else {
      obstacle = mount.resolve("home").resolve(Journals.fileName("default", NOW));
      Files.createDirectories(obstacle);
    }
    new FullDisk(mount, obstacle).run();
  }

  private Durability log() {
    String number = "e" + next++;
    Durability reached = recorder.toolCall("Read").detail("n", number).log();
    if (reached == Durability.WRITTEN) {
      kept.add(number);
    }
    return reached;
  }

  private void run() throws Exception {
    for (int dropped = 0; dropped < 100; ) {
      dropped = log() == Durability.DROPPED ? dropped + 1 : 0;
    }
    long[] nanos = new long[CALLS_WHILE_FULL];
    boolean equal = true;
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      log();
      nanos[i] = System.nanoTime() - start;
      RecorderStats now = recorder.stats();
      equal &= now.offered() == now.written() + now.dropped() + now.pending();
    }
    Arrays.sort(nanos);
    print("mapped", recorder.stats().mapped());
    print("equal", equal);
    print("p99_micros", nanos[nanos.length * 99 / 100] / 1000);
    print("problem", recorder.stats().problem());
    Files.delete(obstacle);
    long start = System.nanoTime();
    while (log() == Durability.DROPPED && System.nanoTime() - start < 20_000_000_000L) {
      Thread.onSpinWait();
    }
    String first = "e" + (next - 1);
    print("millis_to_recover", (System.nanoTime() - start) / 1_000_000);
    for (int i = 0; i < 100; i++) {
      log();
    }
    recorder.close();
    report(first);
  }

  private void report(String first) {
    List<String> torn = new ArrayList<>();
    long dropped = 0;
    int copies = 0;
    Set<String> found = new HashSet<>();
    for (JsonNode line : Lines.of(mount.resolve("home"), torn)) {
      dropped += line.at("/details/dropped").asLong();
      if (line.at("/details").has("n")) {
        copies += found.add(line.at("/details/n").asText()) ? 0 : 1;
      }
    }
    RecorderStats stats = recorder.stats();
    print("first_found", found.contains(first));
    print("same_as_acknowledged", found.equals(kept));
    print("copies", copies);
    print("torn", torn.size());
    print("dropped_is_told", dropped > 0 && dropped == stats.dropped());
    print("pending", stats.pending());
    print("offered_is_exact", stats.offered() >= next && stats.offered() < next + 50);
    print("written_is_exact", stats.written() == found.size() + stats.offered() - next);
  }

  private static void print(String name, @Nullable Object value) {
    System.out.println(name + "=" + value);
  }
}
