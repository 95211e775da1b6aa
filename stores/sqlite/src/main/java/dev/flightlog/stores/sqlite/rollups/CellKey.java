package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.util.List;

/**
 * What the events of a cell have in common: a text a dimension, or none; {@code success} is "1" or
 * "0". The sketches have the first five dimensions only, because each is big.
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

  private CellKey() {}
}
