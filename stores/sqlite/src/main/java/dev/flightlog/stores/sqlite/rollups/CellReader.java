package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.rollups.Summary.Part;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the bytes of a cube, cell by cell: after each {@link #next} the cell's summary is
 * read once, in one of three ways. Not safe for several threads.
 */
final class CellReader {
  private final Part part;
  private final PackedBytes in;
  private final CubeLayout layout;
  private final @Nullable String[] texts;
  private final int[] numbers;

  /**
   * @param form of the bytes: see {@link CubeLayout}
   */
  CellReader(Part part, int form, byte[] bytes) {
    this.part = part;
    this.in = new PackedBytes(bytes);
    this.layout = part.layout(form, in);
    this.texts = new @Nullable String[in.size() + 1];
    for (int i = 1; i < texts.length; i++) {
      texts[i] = in.text();
    }
    this.numbers = new int[part.dimensions];
  }

  /** The texts of the whole cube by number; number 0 is none. Not to be changed. */
  @Nullable String[] texts() {
    return texts;
  }

  /** Of the cell, the number of its text in each dimension; the same array each time. */
  int[] numbers() {
    return numbers;
  }

  /** Goes to the next cell; false when there is none. */
  boolean next() {
    if (!in.hasMore()) {
      return false;
    }
    int end = layout.first() + layout.dimensions();
    for (int i = layout.first(); i < end; i++) {
      numbers[i] = in.size();
    }
    return true;
  }

  /** The summary as an object of its own. */
  Summary<?> summary() {
    return part.read(in, layout);
  }

  /** The summary, in the place of what this one was. */
  void summary(Summary<?> over) {
    over.readOver(in, layout);
  }

  /** Passes over the summary. */
  void skip() {
    part.skip(in, layout);
  }
}
