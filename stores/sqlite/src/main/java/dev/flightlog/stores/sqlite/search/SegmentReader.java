package dev.flightlog.stores.sqlite.search;

import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks for words in one segment. Within a transaction. Not safe for several threads. */
final class SegmentReader {
  private final SegmentTable.Entry entry;
  private final DatabaseConnection connection;
  private final List<byte[]> starts = new ArrayList<>();
  private long[] ids = {};

  SegmentReader(SegmentTable.Entry entry, DatabaseConnection connection) throws SQLException {
    this.entry = entry;
    this.connection = connection;
    Bytes.Reader reader = new Bytes.Reader(SegmentTable.blob("starts", entry.id(), connection));
    byte[] word = {};
    while (reader.isMore()) {
      word = next(reader, word);
      starts.add(word);
    }
  }

  private static byte[] next(Bytes.Reader reader, byte[] before) {
    int shared = reader.small();
    int rest = reader.small();
    byte[] word = Arrays.copyOf(before, shared + rest);
    System.arraycopy(reader.bytes, reader.at, word, shared, rest);
    reader.at += rest;
    return word;
  }

  /** The ranks that have the word, or one that begins with it. */
  RowSet find(String text, boolean isPrefix) throws SQLException {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    RowSet found = new RowSet(entry.rows());
    for (int chunk = firstChunk(wanted); chunk < starts.size(); chunk++) {
      if (!isUpTo(starts.get(chunk), wanted, isPrefix)) {
        break;
      }
      if (!look(SegmentTable.chunk(entry.chunk() + chunk, connection), wanted, isPrefix, found)) {
        break;
      }
    }
    return found;
  }

  /** True when the word is at most the one that is wanted, or begins with it. */
  private static boolean isUpTo(byte[] word, byte[] wanted, boolean isPrefix) {
    return Arrays.compareUnsigned(word, wanted) <= 0 || isPrefix && begins(word, wanted);
  }

  private static boolean begins(byte[] word, byte[] beginning) {
    return word.length >= beginning.length
        && Arrays.equals(word, 0, beginning.length, beginning, 0, beginning.length);
  }

  /** The last chunk that begins at the word or before it; the first one when none does. */
  private int firstChunk(byte[] wanted) {
    int low = 0;
    int high = starts.size();
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(starts.get(middle), wanted) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Answers whether the next chunk may have more. */
  private boolean look(byte[] chunk, byte[] wanted, boolean isPrefix, RowSet found) {
    Bytes.Reader reader = new Bytes.Reader(chunk);
    byte[] word = new byte[64];
    int length = 0;
    while (reader.isMore()) {
      int shared = reader.small();
      length = shared + reader.small();
      if (length > word.length) {
        word = Arrays.copyOf(word, 2 * length);
      }
      System.arraycopy(reader.bytes, reader.at, word, shared, length - shared);
      reader.at += length - shared;
      long form = reader.number();
      int order = Arrays.compareUnsigned(word, 0, length, wanted, 0, wanted.length);
      boolean matches =
          order == 0
              || isPrefix
                  && length > wanted.length
                  && Arrays.equals(word, 0, wanted.length, wanted, 0, wanted.length);
      if (order > 0 && !matches) {
        return false;
      }
      int end = reader.at + (int) (form >> 1);
      if (matches) {
        add(reader, form, end, found);
        if (!isPrefix) {
          return false;
        }
      }
      reader.at = end;
    }
    return true;
  }

  private void add(Bytes.Reader reader, long form, int end, RowSet found) {
    if (form == 0) {
      found.addAll(0, entry.rows());
    } else if ((form & 1) != 0) {
      found.addBits(reader.bytes, reader.at);
    } else {
      for (int rank = -1; reader.at < end; ) {
        rank += reader.small() + 1;
        found.add(rank);
      }
    }
  }

  /** Takes out the ranks that are certainly not of this time. */
  void keepTimes(RowSet found, long since, long until) throws SQLException {
    if (since <= entry.since() && until > entry.until()) {
      return;
    }
    Bytes.Reader reader = new Bytes.Reader(SegmentTable.blob("times", entry.id(), connection));
    int from = 0;
    int to = entry.rows();
    long time = 0;
    for (int rank = 0; reader.isMore(); rank += Segment.STEP) {
      time += reader.number();
      if (time < since) {
        from = rank;
      } else if (time >= until) {
        to = Math.min(to, rank);
        break;
      }
    }
    found.keepRange(from, to);
  }

  /** The row number at a rank. */
  long id(int rank) throws SQLException {
    if (ids.length == 0) {
      ids = ids();
    }
    return ids[rank];
  }

  private long[] ids() throws SQLException {
    long[] all = new long[entry.rows()];
    Bytes.Reader reader = new Bytes.Reader(SegmentTable.blob("ids", entry.id(), connection));
    long id = 0;
    for (int rank = 0; rank < all.length; rank++) {
      if (reader.isMore()) {
        long difference = reader.number();
        id += difference >>> 1 ^ -(difference & 1);
      } else {
        id = entry.first() + rank;
      }
      all[rank] = id;
    }
    return all;
  }
}
