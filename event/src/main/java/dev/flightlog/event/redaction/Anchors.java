package dev.flightlog.event.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds every anchor of every rule in one pass. Looks at three bytes, case folded, at every second
 * position: a {@link BlockTable} says whether any anchor has these bytes at a certain place or one
 * further, so clean text costs one table look-up for two bytes. Anchors of long tokens are looked
 * for in {@link LongRuns} only.
 *
 * @param table the anchors that may stand anywhere, by blocks in lower case
 * @param runs the anchors of long tokens
 */
record Anchors(BlockTable table, LongRuns runs) {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FOLD = 0x2020202020202020L;
  private static final int THREE = 0xffffff;

  /** How many bytes are passed with one look at eight of them: three blocks, two bytes apart. */
  private static final int STEP = 6;

  /** Both tables are asked for so many bytes in turn, so that findings come nearly in order. */
  private static final int CHUNK = 1024 * STEP;

  /**
   * Passes over the text and lets the detectors inspect plausible places.
   *
   * @param first where anchors may be; what stands before it, from {@code from} on, is only looked
   *     at by detectors
   */
  void scan(byte[] bytes, int from, int to, int first, RedactionBuffer buffer) {
    for (int start = first; start < to; start += CHUNK) {
      int end = to - start > CHUNK ? start + CHUNK : to;
      runs.scan(bytes, from, to, start, end, buffer);
      scan(bytes, from, to, start, end, buffer);
    }
  }

  private void scan(byte[] bytes, int from, int to, int start, int end, RedactionBuffer buffer) {
    int last = Math.min(end - 1, to - Long.BYTES);
    int i = next(bytes, start, last);
    while (i <= last) {
      long eight = (long) LONG.get(bytes, i) | FOLD;
      table.examine(bytes, from, to, i, (int) eight & THREE, buffer);
      table.examine(bytes, from, to, i + 2, (int) (eight >>> 16) & THREE, buffer);
      table.examine(bytes, from, to, i + 4, (int) (eight >>> 32) & THREE, buffer);
      i = next(bytes, i + STEP, last);
    }
    for (; i < end && i + 3 <= to; i += 2) {
      int block = BlockTable.folded(bytes[i], bytes[i + 1], bytes[i + 2]);
      table.examine(bytes, from, to, i, block, buffer);
    }
  }

  /**
   * The first step from a position on that may hold a part of an anchor; behind the last if none
   * does.
   */
  private int next(byte[] bytes, int start, int last) {
    int i = start;
    while (i <= last) {
      long eight = (long) LONG.get(bytes, i) | FOLD;
      int first = (int) eight & THREE;
      int second = (int) (eight >>> 16) & THREE;
      int third = (int) (eight >>> 32) & THREE;
      long hits = table.mayHold(first) | table.mayHold(second) | table.mayHold(third);
      if ((hits & 1) != 0) {
        return i;
      }
      i += STEP;
    }
    return i;
  }

  /** Gathers all anchors. */
  static final class Builder {
    private final LongRuns.Builder runs = new LongRuns.Builder();
    private final BlockTable.Builder table = new BlockTable.Builder();
    private final Commonness commonness = new Commonness();

    /** Adds an anchor, spelled as for {@link Anchor}. */
    void add(String given, Detector detector) {
      Anchor anchor = new Anchor(given, detector);
      if (runs.add(anchor, detector.following()) || !table.isNew(anchor)) {
        return;
      }
      byte[] text = anchor.text();
      if (text.length > 3) {
        int rare = rarest(text);
        enter(anchor, rare, text[rare], text[rare + 1], text[rare + 2]);
        enter(anchor, rare + 1, text[rare + 1], text[rare + 2], text[rare + 3]);
      } else {
        enterShort(anchor, text);
      }
    }

    private void enter(Anchor anchor, int offset, int first, int second, int third) {
      table.enter(BlockTable.folded(first, second, third), anchor, offset);
    }

    /**
     * Three characters, and two of them with any one before or with one of those behind, whatever
     * is less common.
     */
    private void enterShort(Anchor anchor, byte[] text) {
      enter(anchor, 0, text[0], text[1], text[2]);
      String after = anchor.after();
      double before = 0;
      double behind = 0;
      for (int c = ' '; c < 256; c = (c + 1) | ' ') {
        before += commonness.of(c, text[0], text[1]);
      }
      for (int i = 0; i < after.length(); i++) {
        behind += commonness.of(text[1], text[2], after.charAt(i));
      }
      for (int c = ' '; before < behind && c < 256; c = (c + 1) | ' ') {
        enter(anchor, -1, c, text[0], text[1]);
      }
      for (int i = 0; before >= behind && i < after.length(); i++) {
        enter(anchor, 1, text[1], text[2], after.charAt(i));
      }
    }

    /** Where in an anchor the two blocks stand that are least common. */
    private int rarest(byte[] text) {
      int best = 0;
      double least = Double.MAX_VALUE;
      double before = commonness.of(text[0], text[1], text[2]);
      for (int i = 1; i + 3 <= text.length; i++) {
        double share = commonness.of(text[i], text[i + 1], text[i + 2]);
        if (before + share < least) {
          least = before + share;
          best = i - 1;
        }
        before = share;
      }
      return best;
    }

    Anchors build() {
      return new Anchors(table.build(), runs.build());
    }
  }
}
