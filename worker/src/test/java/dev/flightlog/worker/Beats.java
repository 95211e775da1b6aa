package dev.flightlog.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The signs of life that {@code family.sh} leaves: when which run of which task was alive. */
final class Beats {
  /** The first and the last sign of one run, in nanoseconds since 1970. */
  record Life(String task, String run, long first, long last, Map<String, Long> lastByName) {}

  private Beats() {}

  static Map<String, Life> read(Path folder) throws IOException {
    Map<String, Life> lives = new HashMap<>();
    Path file = folder.resolve("beats");
    if (!Files.exists(file)) {
      return lives;
    }
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      if (words.length != 5) {
        continue;
      }
      long at = Long.parseLong(words[0]);
      Life life =
          lives.computeIfAbsent(
              words[1] + "/" + words[2],
              k -> new Life(words[1], words[2], at, at, new HashMap<>()));
      life.lastByName.merge(words[3], at, Math::max);
      lives.put(
          words[1] + "/" + words[2],
          new Life(
              life.task,
              life.run,
              Math.min(life.first, at),
              Math.max(life.last, at),
              life.lastByName));
    }
    return lives;
  }

  /** Pairs of runs of the same task that were alive at the same moment. */
  static List<String> together(Map<String, Life> lives) {
    List<String> found = new ArrayList<>();
    List<Life> all = new ArrayList<>(lives.values());
    for (int i = 0; i < all.size(); i++) {
      for (int k = i + 1; k < all.size(); k++) {
        Life a = all.get(i);
        Life b = all.get(k);
        if (a.task.equals(b.task) && a.first <= b.last && b.first <= a.last) {
          found.add(a + " and " + b);
        }
      }
    }
    return found;
  }
}
