package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import dev.flightlog.stores.sqlite.sql.CodeTable;
import dev.flightlog.stores.sqlite.sql.Names;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one part of the roll-up of one stretch of time, put together from cubes that were
 * kept. The bytes of a cube are the layout, the texts once, then cell by cell the numbers of its
 * texts (0 is none) and its summary.
 */
final class Cube {
  private final Part part;
  private final Names names = new Names();
  private final CodeTable<Summary<?>> cells;

  Cube(Part part) {
    this.part = part;
    this.cells = new CodeTable<>(part.dimensions);
  }

  boolean isEmpty() {
    return cells.size() == 0;
  }

  /** Takes in a cube of the same part. */
  void add(int form, byte[] bytes) {
    CellReader reader = new CellReader(part, form, bytes);
    @Nullable String[] texts = reader.texts();
    int[] known = new int[texts.length];
    for (int i = 1; i < texts.length; i++) {
      known[i] = names.number(String.valueOf(texts[i]));
    }
    int[] codes = new int[part.dimensions];
    while (reader.next()) {
      for (int i = 0; i < codes.length; i++) {
        codes[i] = known[reader.numbers()[i]];
      }
      Summary<?> summary = reader.summary();
      Summary<?> own = cells.at(codes, 0, () -> summary);
      if (own != summary) {
        add(own, summary);
      }
    }
  }

  /** Both are of the part of this cube. */
  @SuppressWarnings("unchecked")
  private static <S extends Summary<S>> void add(Summary<?> to, Summary<?> from) {
    ((S) to).add((S) from);
  }

  byte[] toBytes() {
    return new CubeWriter(names).cube(cells, _ -> true, Summary::write);
  }

  /** Reads cell by cell. */
  static void read(Part part, int form, byte[] bytes, Consumer<Summary<?>> each) {
    CellReader cells = new CellReader(part, form, bytes);
    while (cells.next()) {
      each.accept(cells.summary());
    }
  }
}
