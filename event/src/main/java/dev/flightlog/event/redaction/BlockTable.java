package dev.flightlog.event.redaction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which anchors hold given three bytes, and where. A bit set of 128 Ki hashes turns away nearly all
 * blocks that no anchor holds with one look-up. A record because the compiler takes the fields of
 * records for constants.
 *
 * @param filter a bit for each hash that some block has
 * @param starts where the entries of a bucket start; one bucket for each word of the filter
 * @param blocks the block of each entry
 * @param anchors the anchor of each entry
 * @param offsets where the anchor of each entry has its block
 */
record BlockTable(long[] filter, short[] starts, int[] blocks, Anchor[] anchors, byte[] offsets) {
  private static final int BITS = 17;
  private static final int WORDS = 1 << BITS - 6;
  private static final int THREE = 0xffffff;

  /** Makes the letters of a block lower case. */
  static final int FOLD = 0x202020;

  /** Odd, and chosen so that common parts of log lines and anchors share few hashes. */
  private static final int SPREAD = 0x1A64DA01;

  /** The block of three bytes, the first one lowest. */
  static int block(int first, int second, int third) {
    return (first & 0xff) | (second & 0xff) << 8 | (third & 0xff) << 16;
  }

  /** The block of three bytes in lower case. */
  static int folded(int first, int second, int third) {
    return block(first, second, third) | FOLD;
  }

  private static int hash(int block) {
    return (block & THREE) * SPREAD >>> (32 - BITS);
  }

  /** The lowest bit says whether an anchor may hold this block; the others mean nothing. */
  long mayHold(int block) {
    int hash = hash(block);
    return filter[hash >>> 6] >>> hash;
  }

  /** Lets the anchors that hold the block at position {@code i} examine their places. */
  void examine(byte[] bytes, int from, int to, int i, int block, RedactionBuffer buffer) {
    int hash = hash(block);
    if ((filter[hash >>> 6] >>> hash & 1) == 0) {
      return;
    }
    for (int e = starts[hash >>> 6], end = starts[(hash >>> 6) + 1]; e < end; e++) {
      if (blocks[e] == block) {
        anchors[e].examine(bytes, from, to, i - offsets[e], buffer);
      }
    }
  }

  /** Gathers the entries of a table. */
  static final class Builder {
    private record Entry(int block, Anchor anchor, int offset) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Anchor> anchors = new HashMap<>();

    /** Whether the anchor is new here; if not, its detectors join the one that is known. */
    boolean isNew(Anchor anchor) {
      Anchor known = anchors.putIfAbsent(anchor.spelling(), anchor);
      if (known != null) {
        known.join(anchor);
      }
      return known == null;
    }

    /** Enters a block that the anchor holds at an offset. */
    void enter(int block, Anchor anchor, int offset) {
      entries.add(new Entry(block, anchor, offset));
    }

    BlockTable build() {
      long[] filter = new long[WORDS];
      short[] starts = new short[WORDS + 1];
      for (Entry entry : entries) {
        int hash = hash(entry.block);
        filter[hash >>> 6] |= 1L << hash;
        starts[(hash >>> 6) + 1]++;
      }
      for (int i = 0; i < WORDS; i++) {
        starts[i + 1] += starts[i];
      }
      short[] next = starts.clone();
      int[] blocks = new int[entries.size()];
      Anchor[] found = new Anchor[entries.size()];
      byte[] offsets = new byte[entries.size()];
      for (Entry entry : entries) {
        int at = next[hash(entry.block) >>> 6]++;
        blocks[at] = entry.block;
        found[at] = entry.anchor;
        offsets[at] = (byte) entry.offset;
      }
      return new BlockTable(filter, starts, blocks, found, offsets);
    }
  }
}
