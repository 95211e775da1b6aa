package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the anchors of tokens that are long runs of word characters. Clean text has few such runs,
 * and only their beginnings are looked at, so these anchors, which are most of all, cost it next to
 * nothing.
 *
 * <p>A run has none of the bytes up to the comma, no full stop, no slash, and nothing that is not
 * ASCII. A run of {@link #LEAST} bytes holds two neighbouring blocks of eight bytes that start at
 * multiples of eight, wherever it starts: it is found when both are seen to be free of such bytes.
 *
 * @param table the anchors, by three of their bytes as they are
 * @param room how many bytes of a run there are at least from such three bytes on
 */
record LongRuns(BlockTable table, int room) {
  /** How many bytes a run has at least. */
  static final int LEAST = 23;

  /** How far before a run an anchor may begin that does not end in a word character. */
  private static final int BEFORE = 4;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final long ABOVE_COMMA = (0x80 - '-') * ONES;
  private static final long STOP_OR_SLASH = '.' * ONES;
  private static final int THREE = 0xffffff;

  /** Gathers the anchors of long tokens. */
  static final class Builder {
    private final BlockTable.Builder table = new BlockTable.Builder();
    private int room = Integer.MAX_VALUE;

    /**
     * Takes an anchor that is always part of a long run.
     *
     * @param following how many word characters follow the anchor at least
     * @return false if it need not be part of one: then it must be looked for everywhere
     */
    boolean add(Anchor anchor, int following) {
      byte[] text = anchor.text();
      int word = text.length;
      while (word > 0 && Bytes.isWord(text[word - 1])) {
        word--;
      }
      int offset = Math.max(0, word - BEFORE);
      boolean inRun = text.length - word + following >= LEAST && offset + 3 <= text.length;
      if (!anchor.exact() || !inRun) {
        return false;
      }
      room = Math.min(room, text.length - offset + following);
      if (table.isNew(anchor)) {
        int block = BlockTable.block(text[offset], text[offset + 1], text[offset + 2]);
        table.enter(block, anchor, offset);
      }
      return true;
    }

    LongRuns build() {
      return new LongRuns(table.build(), room);
    }
  }

  /**
   * Examines the runs of a chunk.
   *
   * @param start where the chunk starts
   * @param stop where it ends
   */
  void scan(byte[] bytes, int from, int to, int start, int stop, RedactionBuffer buffer) {
    int last = Math.min(stop, to - Long.BYTES);
    int first = start - from >= Long.BYTES ? start - Long.BYTES : start;
    int i = next(bytes, first, last);
    while (i <= last) {
      int end = examine(bytes, from, to, i, Math.min(to, stop + room), buffer);
      i = next(bytes, i + Math.max(2, (end - i >>> 3) + 1) * Long.BYTES, last);
    }
  }

  /**
   * Where the second of two blocks is that are free of breaks; behind the last if there is none.
   */
  private static int next(byte[] bytes, int start, int last) {
    int i = start;
    long before = HIGH;
    while (i <= last) {
      long breaks = breaks((long) LONG.get(bytes, i));
      if ((before | breaks) == 0) {
        return i;
      }
      before = breaks;
      i += Long.BYTES;
    }
    return i;
  }

  /**
   * The bytes of eight that cannot stand in a run, each told by its highest bit. Behind a byte that
   * is not ASCII a comma may go unseen, which only makes a run longer.
   */
  private static long breaks(long eight) {
    long pair = eight & ~ONES ^ STOP_OR_SLASH;
    return (~(eight + ABOVE_COMMA) | eight | pair - ONES & ~pair) & HIGH;
  }

  /**
   * Examines the run that holds two blocks, the second of them at a position.
   *
   * @return where the run ends
   */
  private int examine(byte[] bytes, int from, int to, int at, int stop, RedactionBuffer buffer) {
    int end = end(bytes, at + Long.BYTES, stop);
    int start = Math.max(from, at - 2 * Long.BYTES + 1 - BEFORE);
    int last = end - room;
    for (int i = start; i <= last; i++) {
      int block = (int) (long) LONG.get(bytes, i) & THREE;
      if ((table.mayHold(block) & 1) != 0) {
        table.examine(bytes, from, to, i, block, buffer);
      }
    }
    return end;
  }

  private static int end(byte[] bytes, int start, int stop) {
    int i = start;
    for (; i + Long.BYTES <= stop; i += Long.BYTES) {
      long breaks = breaks((long) LONG.get(bytes, i));
      if (breaks != 0) {
        return i + (Long.numberOfTrailingZeros(breaks) >>> 3);
      }
    }
    while (i < stop && bytes[i] > ',' && bytes[i] != '.' && bytes[i] != '/') {
      i++;
    }
    return i;
  }
}
