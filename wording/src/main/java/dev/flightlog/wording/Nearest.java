package dev.flightlog.wording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Which known names someone may have meant. */
public final class Nearest {
  private static final int LONGEST = 200;

  private Nearest() {}

  private record Near(String name, int distance) {}

  /**
   * The known names that look like the wanted one, nearest first, at most {@code limit}: those
   * within a third of its length in edits (insert, delete, replace, swap of neighbours; case
   * aside), and those that begin with it or hold it.
   */
  public static List<String> to(String wanted, Collection<String> known, int limit) {
    String sought = fold(wanted);
    List<Near> near = new ArrayList<>();
    for (String name : known) {
      String other = fold(name);
      int distance = distance(sought, other);
      boolean part = sought.length() >= 2 && (other.contains(sought) || sought.contains(other));
      if (distance <= Math.max(2, sought.length() / 3) || (part && !other.isEmpty())) {
        near.add(new Near(name, part ? Math.min(distance, 2) : distance));
      }
    }
    near.sort(Order.comparingInt(Near::distance).thenComparing(Near::name));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < Math.min(limit, near.size()); i++) {
      names.add(near.get(i).name());
    }
    return names;
  }

  private static String fold(String name) {
    return (name.length() > LONGEST ? name.substring(0, LONGEST) : name).toLowerCase(Locale.ROOT);
  }

  /** Optimal string alignment distance. */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(above[j - 1] + same, Math.min(above[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, before[j - 2] + 1);
        }
        row[j] = least;
      }
      int[] free = before;
      before = above;
      above = row;
      row = free;
    }
    return above[b.length()];
  }
}
