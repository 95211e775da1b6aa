package dev.flightlog.learning.instructions;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What would be done to a file, before anybody consents to it. */
public sealed interface Plan {

  /**
   * The file must be left alone.
   *
   * @param reason with how to mend it
   */
  record Refused(String reason) implements Plan {}

  /**
   * The file may get other bytes.
   *
   * @param target the file itself, links resolved
   * @param before all of it, as it was read
   * @param after all of it, as it would be written
   */
  record Change(Path target, byte[] before, byte[] after) implements Plan {

    public boolean isEmpty() {
      return Arrays.equals(before, after);
    }

    /** The lines that go, with {@code -}, and that come, with {@code +}, and one around them. */
    public String diff() {
      List<String> old = lines(before);
      List<String> now = lines(after);
      int same = 0;
      while (same < Math.min(old.size(), now.size()) && old.get(same).equals(now.get(same))) {
        same++;
      }
      int tail = 0;
      while (tail < Math.min(old.size(), now.size()) - same
          && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
        tail++;
      }
      List<String> diff = new ArrayList<>();
      diff.add(
          "@@ -%d,%d +%d,%d @@"
              .formatted(same + 1, old.size() - same - tail, same + 1, now.size() - same - tail));
      if (same > 0) {
        diff.add(" " + old.get(same - 1));
      }
      old.subList(same, old.size() - tail).forEach(line -> diff.add("-" + line));
      now.subList(same, now.size() - tail).forEach(line -> diff.add("+" + line));
      if (tail > 0) {
        diff.add(" " + old.get(old.size() - tail));
      }
      return isEmpty() ? "" : String.join("\n", diff) + "\n";
    }

    private static List<String> lines(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Change change
          && target.equals(change.target)
          && Arrays.equals(before, change.before)
          && Arrays.equals(after, change.after);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * target.hashCode() + Arrays.hashCode(before)) + Arrays.hashCode(after);
    }

    @Override
    public String toString() {
      return target + ": " + before.length + " to " + after.length + " bytes";
    }
  }
}
