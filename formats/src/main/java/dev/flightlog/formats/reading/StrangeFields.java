package dev.flightlog.formats.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts by name the fields of known records that no reader knows: the first sign that a program
 * writes something new. So many names are kept, the others are counted together. Not thread-safe.
 */
public final class StrangeFields {
  private static final int MOST_NAMES = 64;
  private static final int LONGEST = 80;
  private static final String OTHERS = "others";

  private final Map<String, Long> counts = new TreeMap<>();

  /** Fields of a record of this type. */
  public void add(@Nullable String type, List<String> fields) {
    for (String field : fields) {
      add(type, field);
    }
  }

  private void add(@Nullable String type, String field) {
    String name = (type == null ? "record" : type) + "." + field;
    name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    boolean full = counts.size() >= MOST_NAMES && !counts.containsKey(name);
    counts.merge(full ? OTHERS : name, 1L, Long::sum);
  }

  /** The members of a record of this type that are not among the known ones. */
  public void look(@Nullable String type, Map<?, ?> record, Set<String> known) {
    for (Object key : record.keySet()) {
      if (key instanceof String field && !known.contains(field)) {
        add(type, field);
      }
    }
  }

  /** How often each was met, by type and name. */
  public Map<String, Long> counts() {
    return counts;
  }
}
