package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.stores.sqlite.sql.CodeTable;
import org.jspecify.annotations.Nullable;

/**
 * What is added up of a stretch of time: cells by the numbers of their texts, sketches by those of
 * the first of them. Not safe for several threads.
 */
final class SpanSums {
  final CodeTable<Cell> cells = new CodeTable<>(CubeLayout.DIMENSIONS.size());
  final CodeTable<Sketch> sketches = new CodeTable<>(CubeLayout.OF_SKETCHES);

  /** The events that have the same texts. */
  static final class Cell {
    final SparseCounts counts = new SparseCounts();
    @Nullable SessionSet sessions;

    /** Those of all cells with the same first texts. */
    @Nullable Sketch durations;

    SessionSet sessions() {
      SessionSet all = sessions;
      if (all == null) {
        all = new SessionSet();
        sessions = all;
      }
      return all;
    }

    boolean hasSessions() {
      return sessions != null;
    }

    void writeCounts(PackedBytes out) {
      counts.write(out);
    }

    void writeSessions(PackedBytes out) {
      sessions().write(out);
    }
  }

  boolean hasSessions() {
    for (int place = 0; place < cells.size(); place++) {
      if (cells.value(place).hasSessions()) {
        return true;
      }
    }
    return false;
  }

  /** Adds a duration of an event of this cell, whose texts have these numbers. */
  void duration(Cell cell, int[] codes, long millis) {
    Sketch durations = cell.durations;
    if (durations == null) {
      durations = sketches.at(codes, 0, Sketch::new);
      cell.durations = durations;
    }
    durations.add(millis);
  }

  /** Takes in others, which are left as they are. Their texts have the same numbers. */
  void add(SpanSums other) {
    CodeTable<Cell> others = other.cells;
    for (int place = 0; place < others.size(); place++) {
      Cell from = others.value(place);
      Cell to = cells.at(others.codes(), others.from(place), Cell::new);
      to.counts.add(from.counts);
      SessionSet sessions = from.sessions;
      if (sessions != null) {
        to.sessions().add(sessions);
      }
    }
    for (int place = 0; place < other.sketches.size(); place++) {
      sketches
          .at(other.sketches.codes(), other.sketches.from(place), Sketch::new)
          .add(other.sketches.value(place));
    }
  }
}
