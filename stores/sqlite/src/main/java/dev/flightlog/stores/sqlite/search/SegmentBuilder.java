package dev.flightlog.stores.sqlite.search;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * Gathers the words of rows until they make a segment. A word is told as often as it stands in the
 * row, and kept once. Not safe for several threads.
 */
final class SegmentBuilder {
  /** So many rows make a segment. */
  static final int MOST_ROWS = 65_536;

  /** Words of rows that are held at most: 16 MB. */
  private static final int MOST_POSTINGS = 4 << 20;

  /** Bytes of different words that are held at most. */
  private static final int MOST_BYTES = 8 << 20;

  /** The hash of a word without bytes. */
  static final int EMPTY_HASH = 0x811c9dc5;

  /** The hash of a word above its number, which counts from 1. */
  private long[] slots = new long[1 << 14];

  /** Of each different word: where it begins in the bytes, and at which turn it was met last. */
  private int[] starts = new int[1 << 13];

  private long[] lastTurn = new long[1 << 13];
  private byte[] bytes = new byte[1 << 17];
  private int wordCount;

  /** The words of one row behind those of the other, by their number. */
  private int[] postings = new int[1 << 16];

  private int postingCount;

  /** Of each row: where its words begin, its time, its row number. */
  private int[] rowStarts = new int[1 << 10];

  private long[] times = new long[1 << 10];
  private long[] ids = new long[1 << 10];
  private int rows;

  /** One more with each row that was ever begun. */
  private long turn;

  void clear() {
    Arrays.fill(slots, 0);
    wordCount = 0;
    starts[0] = 0;
    postingCount = 0;
    rows = 0;
  }

  int rows() {
    return rows;
  }

  boolean isFull() {
    return rows >= MOST_ROWS || postingCount >= MOST_POSTINGS || starts[wordCount] >= MOST_BYTES;
  }

  /** Begins a row; its words follow. */
  void row(long id, long micros) {
    if (rows + 1 >= ids.length) {
      rowStarts = Arrays.copyOf(rowStarts, 2 * rows + 2);
      times = Arrays.copyOf(times, 2 * rows + 2);
      ids = Arrays.copyOf(ids, 2 * rows + 2);
    }
    rowStarts[rows] = postingCount;
    times[rows] = micros;
    ids[rows] = id;
    rows++;
    turn++;
    rowStarts[rows] = postingCount;
  }

  /** A word of the row that was begun last. */
  void word(byte[] word, int length) {
    int hash = EMPTY_HASH;
    for (int i = 0; i < length; i++) {
      hash = hash(hash, word[i]);
    }
    word(word, length, hash);
  }

  /** The hash of a word goes on with its next byte. */
  static int hash(int hash, byte next) {
    return (hash ^ next) * 0x01000193;
  }

  /**
   * The same.
   *
   * @param hash from {@link #EMPTY_HASH} on, by {@link #hash}
   */
  void word(byte[] word, int length, int hash) {
    long high = (long) (hash ^ hash >>> 15) << 32;
    int mask = slots.length - 1;
    int slot = (int) (high >>> 32) & mask;
    for (long there = slots[slot]; there != 0; there = slots[slot]) {
      if ((there ^ high) >>> 32 == 0) {
        int known = (int) there - 1;
        int from = starts[known];
        if (starts[known + 1] - from == length
            && Arrays.equals(bytes, from, from + length, word, 0, length)) {
          post(known);
          return;
        }
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = high | wordCount + 1;
    post(add(word, length));
    if (2 * wordCount > slots.length) {
      rehash();
    }
  }

  private int add(byte[] word, int length) {
    int from = starts[wordCount];
    if (from + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    System.arraycopy(word, 0, bytes, from, length);
    lastTurn[wordCount] = 0;
    wordCount++;
    if (wordCount == starts.length) {
      starts = Arrays.copyOf(starts, 2 * wordCount);
      lastTurn = Arrays.copyOf(lastTurn, 2 * wordCount);
    }
    starts[wordCount] = from + length;
    return wordCount - 1;
  }

  private void rehash() {
    long[] before = slots;
    slots = new long[4 * before.length];
    int mask = slots.length - 1;
    for (long word : before) {
      if (word != 0) {
        int slot = (int) (word >>> 32) & mask;
        while (slots[slot] != 0) {
          slot = (slot + 1) & mask;
        }
        slots[slot] = word;
      }
    }
  }

  private void post(int word) {
    if (lastTurn[word] == turn) {
      return;
    }
    lastTurn[word] = turn;
    if (postingCount == postings.length) {
      postings = Arrays.copyOf(postings, 2 * postingCount);
    }
    postings[postingCount++] = word;
    rowStarts[rows] = postingCount;
  }

  /** Forgets the rows from this one on whose number is among those. */
  void drop(int from, LongPredicate numbers) {
    int kept = from;
    int end = from < rows ? rowStarts[from] : postingCount;
    for (int row = from; row < rows; row++) {
      if (!numbers.test(ids[row])) {
        int begin = rowStarts[row];
        int length = rowStarts[row + 1] - begin;
        System.arraycopy(postings, begin, postings, end, length);
        ids[kept] = ids[row];
        times[kept] = times[row];
        rowStarts[kept] = end;
        end += length;
        kept++;
      }
    }
    rows = kept;
    rowStarts[rows] = end;
    postingCount = end;
  }

  /** The segment of these rows. There must be one. */
  Segment segment() {
    int[] order = byTime();
    int[] first = new int[wordCount + 1];
    for (int i = 0; i < postingCount; i++) {
      first[postings[i] + 1]++;
    }
    for (int word = 0; word < wordCount; word++) {
      first[word + 1] += first[word];
    }
    int[] next = Arrays.copyOf(first, wordCount);
    int[] ranks = new int[postingCount];
    long[] rankIds = new long[rows];
    long[] rankTimes = new long[rows];
    for (int rank = 0; rank < rows; rank++) {
      int row = order[rank];
      rankIds[rank] = ids[row];
      rankTimes[rank] = times[row];
      for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++) {
        ranks[next[postings[i]]++] = rank;
      }
    }
    SegmentWriter writer = new SegmentWriter(rows);
    for (int word : byBytes()) {
      writer.word(bytes, starts[word], starts[word + 1], ranks, first[word], first[word + 1]);
    }
    return writer.finish(rankIds, rankTimes);
  }

  private int[] byTime() {
    int[] order = new int[rows];
    for (int i = 0; i < rows; i++) {
      order[i] = i;
    }
    StableSort.sort(order, 0, rows, (a, b) -> Long.compare(times[a], times[b]));
    return order;
  }

  /** The words in the order of their bytes: by the first five, then those that share them. */
  private int[] byBytes() {
    long[] keys = new long[wordCount];
    for (int word = 0; word < wordCount; word++) {
      long key = 0;
      for (int i = 0; i < 5; i++) {
        int at = starts[word] + i;
        key = key << 8 | (at < starts[word + 1] ? bytes[at] & 0xff : 0);
      }
      keys[word] = key << 23 | word;
    }
    Arrays.sort(keys);
    int[] order = new int[wordCount];
    for (int from = 0; from < wordCount; ) {
      int to = from + 1;
      while (to < wordCount && keys[to] >>> 23 == keys[from] >>> 23) {
        to++;
      }
      for (int i = from; i < to; i++) {
        order[i] = (int) (keys[i] & (1 << 23) - 1);
      }
      if (to - from > 1) {
        StableSort.sort(order, from, to, this::compare);
      }
      from = to;
    }
    return order;
  }

  private int compare(int a, int b) {
    return Arrays.compareUnsigned(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1]);
  }
}
