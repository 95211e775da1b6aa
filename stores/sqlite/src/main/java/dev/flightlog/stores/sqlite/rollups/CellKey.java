package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a cell have in common: one text a dimension, null where they have none; {@code
 * success} is "1" or "0". The sketches have the first five dimensions only, because each is big.
 */
final class CellKey {
  /** The order is in the file. */
  static final List<Attribute> DIMENSIONS =
      List.of(
          Attribute.of(Field.PROJECT),
          Attribute.of(Field.STORY_ID),
          Attribute.of(Field.AGENT_NAME),
          Attribute.of(Field.EVENT_TYPE),
          Attribute.detail("tool"),
          Attribute.of(Field.CATEGORY),
          Attribute.detail("model"),
          Attribute.detail("error_type"),
          Attribute.of(Field.SUCCESS),
          Attribute.detail("billing"));

  static final int SUCCESS = DIMENSIONS.indexOf(Attribute.of(Field.SUCCESS));
  static final int STORY = 1;
  static final int OF_SKETCHES = 5;

  private final @Nullable String[] texts;
  private final int hash;

  CellKey(@Nullable String[] texts) {
    this.texts = texts;
    this.hash = Arrays.hashCode(texts);
  }

  @Nullable String text(int dimension) {
    return texts[dimension];
  }

  int size() {
    return texts.length;
  }

  CellKey ofSketches() {
    return new CellKey(Arrays.copyOf(texts, OF_SKETCHES));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CellKey key && hash == key.hash && Arrays.equals(texts, key.texts);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
