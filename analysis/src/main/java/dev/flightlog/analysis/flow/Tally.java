package dev.flightlog.analysis.flow;

import dev.flightlog.wording.Order;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often each of some names was met. For one thread. */
final class Tally {
  private final Map<String, Long> counts = new HashMap<>();

  void add(@Nullable String name) {
    if (name != null) {
      counts.merge(name, 1L, Long::sum);
    }
  }

  /** How many different names. */
  int size() {
    return counts.size();
  }

  /** The most frequent with their counts: {@code Bash 12, Edit 3, +2 more}; null without any. */
  @Nullable String top(int most) {
    List<Map.Entry<String, Long>> order = new ArrayList<>(counts.entrySet());
    order.sort(
        Order.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
            .thenComparing(Map.Entry::getKey));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(most, order.size()); i++) {
      out.append(out.isEmpty() ? "" : ", ")
          .append(SafeText.shortened(order.get(i).getKey(), 40))
          .append(' ')
          .append(Units.count(order.get(i).getValue()));
    }
    if (order.size() > most) {
      out.append(", +").append(order.size() - most).append(" more");
    }
    return out.isEmpty() ? null : out.toString();
  }
}
