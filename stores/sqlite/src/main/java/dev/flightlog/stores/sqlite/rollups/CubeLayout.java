package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.rollups.Summary.Part;

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

  private static final int FIRST_NUMBERS = 9;

  /** Reads the layout off the beginning of a cube. */
  static CubeLayout read(int form, Part part, PackedBytes in) {
    return form < FORM
        ? new CubeLayout(CellKey.STORY, part == Part.SKETCHES ? 4 : 8, FIRST_NUMBERS)
        : new CubeLayout(0, in.size(), in.size());
  }

  static void write(Part part, PackedBytes out) {
    out.whole(CellKey.dimensions(part));
    out.whole(Numeric.ALL.length);
  }
}
