package dev.flightlog.stores.sqlite.rollups;

/** What a roll-up keeps of the events of one cell: something that adds up. */
sealed interface Summary<S extends Summary<S>> permits Counts, Sketch, SessionSet {

  /** Takes in another one, which is left as it is. */
  void add(S other);

  void write(PackedBytes out);

  /** Becomes what {@link #write} wrote. Until now it was new, or read over, and nothing else. */
  void readOver(PackedBytes in, CubeLayout layout);

  /** Which summary, and how it is read back. */
  enum Part {
    COUNTS(0, CubeLayout.DIMENSIONS.size(), 8),
    SKETCHES(1, CubeLayout.OF_SKETCHES, 4),
    SESSIONS(2, CubeLayout.DIMENSIONS.size(), 8);

    final int number;

    /** How many dimensions a cell has that is written now. */
    final int dimensions;

    private final int first;

    Part(int number, int dimensions, int first) {
      this.number = number;
      this.dimensions = dimensions;
      this.first = first;
    }

    /** Reads the layout off the beginning of a cube. */
    CubeLayout layout(int form, PackedBytes in) {
      return form < CubeLayout.FORM ? CubeLayout.first(first) : CubeLayout.read(in);
    }

    Summary<?> read(PackedBytes in, CubeLayout layout) {
      Summary<?> summary = empty();
      summary.readOver(in, layout);
      return summary;
    }

    Summary<?> empty() {
      return switch (this) {
        case COUNTS -> new Counts();
        case SKETCHES -> new Sketch();
        case SESSIONS -> new SessionSet();
      };
    }

    /** Reads past what a summary wrote. */
    void skip(PackedBytes in, CubeLayout layout) {
      switch (this) {
        case COUNTS -> Counts.skip(in, layout);
        case SKETCHES -> Sketch.skip(in);
        case SESSIONS -> SessionSet.skip(in);
      }
    }
  }
}
