package dev.flightlog.stores.sqlite;

/** What a roll-up keeps of the events of one cell: something that adds up. */
sealed interface Summary<S extends Summary<S>> permits Counts, Sketch, SessionSet {

  /** Takes in another one, which is left as it is. */
  void add(S other);

  void write(Packed out);

  /** Which summary, and how it is read back. */
  enum Part {
    COUNTS(0),
    SKETCHES(1),
    SESSIONS(2);

    final int number;

    Part(int number) {
      this.number = number;
    }

    Summary<?> read(Packed in) {
      return switch (this) {
        case COUNTS -> Counts.read(in);
        case SKETCHES -> Sketch.read(in);
        case SESSIONS -> SessionSet.read(in);
      };
    }
  }
}
