package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The cells of one part of the roll-up of one stretch of time, and their bytes: the layout, the
 * texts once, then cell by cell the numbers of its texts (0 is none) and its summary.
 */
final class Cube<S extends Summary<S>> {
  final Map<CellKey, S> cells = new HashMap<>();

  /** Takes in a summary, which from then on may be changed by this cube. */
  void add(CellKey key, S summary) {
    S own = cells.putIfAbsent(key, summary);
    if (own != null) {
      own.add(summary);
    }
  }

  byte[] toBytes(Part part) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (CellKey key : cells.keySet()) {
      for (int i = 0; i < key.size(); i++) {
        String text = key.text(i);
        if (text != null) {
          numbers.putIfAbsent(text, numbers.size() + 1);
        }
      }
    }
    PackedBytes out = new PackedBytes();
    CubeLayout.write(part.dimensions, out);
    out.whole(numbers.size());
    numbers.keySet().forEach(out::text);
    cells.forEach((key, summary) -> {
      for (int i = 0; i < key.size(); i++) {
        String text = key.text(i);
        out.whole(text == null ? 0 : numbers.getOrDefault(text, 0));
      }
      summary.write(out);
    });
    return out.toBytes();
  }

  /** Reads cell by cell. */
  static void read(Part part, int form, byte[] bytes, BiConsumer<CellKey, Summary<?>> each) {
    CellReader cells = new CellReader(part, form, bytes);
    while (cells.next()) {
      each.accept(cells.key(), cells.summary());
    }
  }

  /** Takes in what {@link #toBytes} wrote for the same part. */
  @SuppressWarnings("unchecked")
  void add(Part part, int form, byte[] bytes) {
    read(part, form, bytes, (key, summary) -> add(key, (S) summary));
  }
}
