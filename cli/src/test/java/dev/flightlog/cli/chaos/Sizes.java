package dev.flightlog.cli.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory and how many descriptors processes have, once a second, as {@code /proc} tells.
 */
final class Sizes {
  /** The first seconds of a process tell nothing, and so do few. */
  private static final int WARM = 20;

  private static final int ENOUGH = 60;

  private record Sample(int descriptors, long kilobytes) {}

  private final Map<String, List<Sample>> samples = new HashMap<>();

  void look(String name, long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try (var open = Files.list(process.resolve("fd"))) {
      // A class that is looked for in vain opens every jar of the class path, once.
      int descriptors = (int) open.filter(each -> !isJar(each)).count();
      long kilobytes = 0;
      for (String line : Files.readAllLines(process.resolve("status"))) {
        if (line.startsWith("VmRSS:")) {
          kilobytes = Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      samples
          .computeIfAbsent(name + " " + pid, key -> new ArrayList<>())
          .add(new Sample(descriptors, kilobytes));
    } catch (IOException gone) {
      return;
    }
  }

  private static boolean isJar(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
    } catch (IOException closed) {
      return false;
    }
  }

  /** What grew: the last third of a process's life against the one before, and how far at most. */
  List<String> grown() {
    List<String> grown = new ArrayList<>();
    samples.forEach((name, all) -> {
      if (all.size() - WARM >= ENOUGH) {
        List<Sample> warm = all.subList(WARM, all.size());
        int third = warm.size() / 3;
        Sample before = usual(warm.subList(third, 2 * third));
        Sample last = usual(warm.subList(2 * third, warm.size()));
        if (last.descriptors > before.descriptors + 8
            || last.kilobytes > before.kilobytes * 1.25 + 20_000) {
          grown.add(name + ": " + before + " -> " + last);
        }
      }
    });
    return grown;
  }

  /** The most that any process had. */
  String most() {
    int descriptors = 0;
    long kilobytes = 0;
    long watched = 0;
    for (List<Sample> all : samples.values()) {
      watched += all.size() - WARM >= ENOUGH ? 1 : 0;
      for (Sample each : all) {
        descriptors = Math.max(descriptors, each.descriptors);
        kilobytes = Math.max(kilobytes, each.kilobytes);
      }
    }
    return "at most "
        + descriptors
        + " descriptors and "
        + kilobytes / 1024
        + " MiB in a process; "
        + watched
        + " processes lived long enough to be watched for growth";
  }

  /**
   * The fewest descriptors, and memory in the middle. A worker has four pipes an agent, so that it
   * has more while it is busy; what leaks is never given back, and is there when it is idle, too.
   */
  private static Sample usual(List<Sample> some) {
    int fewest = some.stream().mapToInt(Sample::descriptors).min().orElseThrow();
    List<Long> kilobytes = some.stream().map(Sample::kilobytes).sorted().toList();
    return new Sample(fewest, kilobytes.get(some.size() / 2));
  }
}
