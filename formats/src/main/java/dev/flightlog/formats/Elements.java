package dev.flightlog.formats;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The objects of one JSON array, each walked as {@link Slices}; other elements are passed over. */
final class Elements {
  private final Supplier<Slices> shape;
  private final List<Slices> slices = new ArrayList<>();
  private int[] places = new int[8];
  private int size;

  Elements(Supplier<Slices> shape) {
    this.shape = shape;
  }

  void read(JsonReader reader) {
    size = 0;
    reader.enterArray();
    for (int place = 0; reader.nextElement(); place++) {
      if (reader.peek() != Token.OBJECT) {
        reader.skip();
        continue;
      }
      if (size == slices.size()) {
        slices.add(shape.get());
      }
      if (size == places.length) {
        places = java.util.Arrays.copyOf(places, size * 2);
      }
      places[size] = place;
      slices.get(size++).read(reader);
    }
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  Slices get(int index) {
    return slices.get(index);
  }

  /** The place of this object among all elements of the array. */
  int place(int index) {
    return places[index];
  }
}
