package dev.flightlog.event.files;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Where lines end: at a line feed, whatever else stands in them. Everything that cuts bytes into
 * lines looks here; {@link LineSplitter} does it for a stream.
 */
public final class Lines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;

  private Lines() {}

  /** The index of the next line feed, or {@code to} when there is none before it. */
  public static int end(byte[] bytes, int from, int to) {
    int i = from;
    // Eight bytes at a time: a byte that is a line feed becomes zero, and a zero byte borrows.
    for (; i + 8 <= to; i += 8) {
      long word = (long) LONGS.get(bytes, i) ^ FEEDS;
      long zero = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
      if (zero != 0) {
        return i + (Long.numberOfTrailingZeros(zero) >>> 3);
      }
    }
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** How many line feeds there are. */
  public static int feeds(byte[] bytes, int from, int to) {
    int feeds = 0;
    for (int at = end(bytes, from, to); at < to; at = end(bytes, at + 1, to)) {
      feeds++;
    }
    return feeds;
  }

  /**
   * True when a line may begin at this position of a file: at its start, and behind a line feed.
   * Blocks for one read.
   */
  public static boolean beginAt(FileChannel file, long position) throws IOException {
    if (position == 0) {
      return true;
    }
    ByteBuffer one = ByteBuffer.allocate(1);
    return file.read(one, position - 1) == 1 && one.get(0) == '\n';
  }
}
