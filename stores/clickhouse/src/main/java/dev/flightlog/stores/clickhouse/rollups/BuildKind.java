package dev.flightlog.stores.clickhouse.rollups;

import java.util.List;

/** What was made of a length of time. */
enum BuildKind {
  /** Cells of all dimensions, ranks and sessions, and what {@link #SMALL} has. */
  WHOLE,
  /** Only what stays small however many events there are. */
  SMALL,
  /** Which words stand in which part. */
  WORDS;

  /** What has these cubes. */
  List<BuildKind> having() {
    return this == SMALL ? List.of(WHOLE, SMALL) : List.of(this);
  }
}
