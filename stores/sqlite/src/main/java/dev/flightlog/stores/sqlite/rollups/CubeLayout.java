package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import java.util.List;

/**
 * How the cells of a cube lie in its bytes. A cube says how many dimensions and numbers it was made
 * with, so that more can be put behind them later: what an older cube does not have, its events do
 * not have either. The first cubes said nothing and began with the story; see {@code form} in the
 * table.
 *
 * @param first the number of texts of a cell goes to this dimension and the next ones
 * @param dimensions how many a cell has
 * @param numbers how many there are of {@link Numeric}
 */
record CubeLayout(int first, int dimensions, int numbers) {
  /** The form that is written now. */
  static final int FORM = 2;

  /**
   * What the events of a cell have in common: a text each, or none; {@code success} is "1" or "0".
   * The order is in the file.
   */
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

  /** The sketches have the first dimensions only, because each is big. */
  static final int OF_SKETCHES = 5;

  private static final int FIRST_NUMBERS = 9;

  /** That of the first cubes. */
  static CubeLayout first(int dimensions) {
    return new CubeLayout(STORY, dimensions, FIRST_NUMBERS);
  }

  static CubeLayout read(PackedBytes in) {
    return new CubeLayout(0, in.size(), in.size());
  }

  static void write(int dimensions, PackedBytes out) {
    out.whole(dimensions);
    out.whole(Numeric.ALL.length);
  }
}
