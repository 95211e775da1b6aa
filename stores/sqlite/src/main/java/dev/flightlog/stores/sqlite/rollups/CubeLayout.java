package dev.flightlog.stores.sqlite.rollups;

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

  /** That of the first cubes. */
  static CubeLayout first(int dimensions) {
    return new CubeLayout(CellKey.STORY, dimensions, FIRST_NUMBERS);
  }

  static CubeLayout read(PackedBytes in) {
    return new CubeLayout(0, in.size(), in.size());
  }

  static void write(int dimensions, PackedBytes out) {
    out.whole(dimensions);
    out.whole(Numeric.ALL.length);
  }
}
