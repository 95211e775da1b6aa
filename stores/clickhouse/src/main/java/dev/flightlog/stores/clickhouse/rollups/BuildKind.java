package dev.flightlog.stores.clickhouse.rollups;

import java.util.List;

/** What was made of a length of time; the order is that of the column {@code kind}. */
enum BuildKind {
  /** Cells and sessions of all dimensions, and what {@link #SMALL} has. */
  WHOLE,
  /** Cells of what was done, and sessions; not made by itself any more. */
  SMALL,
  /** Which words stand in which part. */
  WORDS,
  /**
   * Cells of what was done by which agent, and what {@link #SMALL} has: few however many events.
   */
  AGENTS,
  /** How often each duration occurred, by what was done and by agent. */
  RANKS,
  /**
   * The same by story. Of many dimensions nearly each event is a rank of its own, until there are
   * very many: so only long times have them, once they are over.
   */
  STORY_RANKS;

  /** What is added up; of those that can be made of another the other first. */
  static final List<BuildKind> ADDED_UP = List.of(WHOLE, AGENTS, RANKS, STORY_RANKS);

  /**
   * So many times longer than for others it may wait, and more may come, until it is made again:
   * words are used although something came since.
   */
  int patience() {
    return this == WORDS ? 4 : 1;
  }

  /** The kinds that have all that this one has. */
  List<BuildKind> having() {
    return this == SMALL ? List.of(WHOLE, SMALL, AGENTS) : List.of(this);
  }
}
