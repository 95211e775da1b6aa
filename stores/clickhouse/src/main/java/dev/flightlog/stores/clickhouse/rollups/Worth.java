package dev.flightlog.stores.clickhouse.rollups;

/**
 * From how many events on it is worth to keep something of a length of time. Cells of many
 * dimensions are about as many as the events where these are few: then reading events costs the
 * same, and making cells costs ten times as much. Cells of few dimensions are few at once.
 *
 * @param events of a day of which all cells are kept; with 1 everything is kept of all lengths
 */
public record Worth(long events) {
  /** Of what each store keeps. */
  public static final Worth DEFAULT = new Worth(20_000);

  /** Of a block with more events than so many times {@link #events} words are noted by the day. */
  private static final int OF_BLOCK = 25;

  /** Of a day with more words are noted by the hour. */
  private static final int OF_DAY = 150;

  /** A statement for each length is too much for so few events, however little is worth it. */
  private static final long FEW = 400;

  /** A part of it: what is small, or of a length that coarser ones are made of. */
  private long some(int share) {
    return Math.max(1, events / share);
  }

  /**
   * Whether sums of this kind are made of a length in which so many events came.
   *
   * @param kind all, or what is small
   */
  boolean ofSums(BuildKind kind, Level level, long arrived) {
    long from =
        switch (kind) {
          case WHOLE -> level == Level.HOUR ? many(3) : level == Level.DAY ? events : some(10);
          case SMALL, AGENTS -> level == Level.HOUR ? some(4) : some(10);
          case RANKS -> level == Level.HOUR ? many(5) : level == Level.DAY ? events : some(10);
          case STORY_RANKS -> level == Level.BLOCK ? some(10) : many(1_000);
          case WORDS -> Long.MAX_VALUE;
        };
    return arrived >= from;
  }

  private long many(int times) {
    return events <= 1 ? events : events * times;
  }

  /** Whether words are noted by this length, of a block and a day in which so many events came. */
  boolean ofWords(Level level, long arrived, long inDay, long inBlock) {
    Level by =
        inBlock <= Math.max(FEW, OF_BLOCK * events)
            ? Level.BLOCK
            : inDay <= Math.max(FEW, OF_DAY * events) ? Level.DAY : Level.HOUR;
    return level == by && arrived >= some(10);
  }
}
