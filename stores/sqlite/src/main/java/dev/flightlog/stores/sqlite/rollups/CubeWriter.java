package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.rollups.SpanSums.Cell;
import dev.flightlog.stores.sqlite.sql.CodeTable;
import dev.flightlog.stores.sqlite.sql.Names;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes sums as the bytes of a {@link Cube}. Uses the names meanwhile, which nobody may add to.
 * Not safe for several threads.
 */
final class CubeWriter {
  private final Names names;

  /** By the number of a text, the one it has in this cube; 0 when it has none yet. */
  private final int[] numbers;

  private int[] texts = new int[64];
  private int count;

  CubeWriter(Names names) {
    this.names = names;
    this.numbers = new int[names.size() + 1];
  }

  /** The three cubes; null for one that has no cells. */
  record Bytes(byte @Nullable [] counts, byte @Nullable [] sketches, byte @Nullable [] sessions) {}

  /** Writes all cubes of these sums. */
  Bytes write(SpanSums sums) {
    return new Bytes(
        sums.cells.size() == 0 ? null : cube(sums.cells, _ -> true, Cell::writeCounts),
        sums.sketches.size() == 0 ? null : cube(sums.sketches, _ -> true, Sketch::write),
        sums.hasSessions() ? cube(sums.cells, Cell::hasSessions, Cell::writeSessions) : null);
  }

  /**
   * Writes a cube of cells whose texts have these names.
   *
   * @param wanted which of them
   */
  <V> byte[] cube(CodeTable<V> cells, Predicate<V> wanted, BiConsumer<V, PackedBytes> summary) {
    begin();
    for (int place = 0; place < cells.size(); place++) {
      if (wanted.test(cells.value(place))) {
        number(cells.codes(), cells.from(place), cells.from(place + 1));
      }
    }
    PackedBytes out = new PackedBytes();
    CubeLayout.write(cells.from(1), out);
    out.whole(count);
    for (int i = 0; i < count; i++) {
      out.text(names.utf8(texts[i]));
    }
    for (int place = 0; place < cells.size(); place++) {
      if (wanted.test(cells.value(place))) {
        for (int i = cells.from(place); i < cells.from(place + 1); i++) {
          out.whole(numbers[cells.codes()[i]]);
        }
        summary.accept(cells.value(place), out);
      }
    }
    return out.toBytes();
  }

  private void begin() {
    for (int i = 0; i < count; i++) {
      numbers[texts[i]] = 0;
    }
    count = 0;
  }

  private void number(int[] codes, int from, int to) {
    for (int i = from; i < to; i++) {
      int code = codes[i];
      if (code != 0 && numbers[code] == 0) {
        if (count == texts.length) {
          texts = Arrays.copyOf(texts, 2 * count);
        }
        texts[count++] = code;
        numbers[code] = count;
      }
    }
  }
}
