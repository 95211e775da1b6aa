package dev.flightlog.formats.reading;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The objects of one JSON array, each walked in the same pass; other elements are passed over.
 *
 * @param <T> what an object is read into
 */
public final class JsonObjects<T> {
  private final Supplier<T> shape;
  private final Function<T, JsonFields> fields;
  private final List<T> objects = new ArrayList<>();
  private int[] places = new int[8];
  private int size;

  /** Objects of this shape, whose fields are walked. */
  public JsonObjects(Supplier<T> shape, Function<T, JsonFields> fields) {
    this.shape = shape;
    this.fields = fields;
  }

  void read(JsonReader reader) {
    size = 0;
    reader.enterArray();
    for (int place = 0; reader.nextElement(); place++) {
      if (reader.peek() != Token.OBJECT) {
        reader.skip();
        continue;
      }
      if (size == objects.size()) {
        objects.add(shape.get());
      }
      if (size == places.length) {
        places = Arrays.copyOf(places, size * 2);
      }
      places[size] = place;
      fields.apply(objects.get(size++)).read(reader);
    }
  }

  void clear() {
    size = 0;
  }

  /** How many objects the array holds. */
  public int size() {
    return size;
  }

  /** The object at this index. */
  public T get(int index) {
    return objects.get(index);
  }

  /** The place of this object among all elements of the array. */
  public int place(int index) {
    return places[index];
  }
}
