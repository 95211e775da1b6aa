package dev.flightlog.recorder.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lines on their way to the journals: many threads put, one takes. The bytes are a mapped file, so
 * what was put outlives the process; on a plain buffer it is the same ring without that gift.
 *
 * <p>A position counts bytes and never wraps. {@code tail} is where the next record will be
 * claimed, {@code consumed} is up to where the journals have everything. A record is a header of
 * eight bytes, the name of its journal, and its line; it starts at a multiple of eight. Its header
 * is 0 while nothing was claimed, negative while its bytes are being copied, and set last, so that
 * a reader sees whole records only. The consumer fills with zeros what it has taken, and only then
 * gives the room back: a zero header is therefore always an unclaimed or an unfinished one.
 *
 * <p>{@code consumed} carries a check of itself in its upper 16 bits. {@code tail} needs none: what
 * lies behind it is zeros, see {@link #reach}.
 *
 * <p>Closing sets the sign bit of {@code tail}, after which no claim can succeed.
 */
public final class Ring {
  /** Answers of {@link #put} that are no position. */
  public static final long FULL = -1;

  public static final long CLOSED = -2;

  /** Bytes before the first record. */
  public static final int HEADER = 8192;

  private static final long MAGIC = 0x32474e49524c46L;

  /** Of rings whose {@code consumed} has no check. */
  private static final long UNCHECKED_MAGIC = 0x31474e49524c46L;

  /** The least bytes of records. */
  static final int SMALLEST = 64 * 1024;

  private static final int CAPACITY_AT = 8;
  private static final int TAIL_AT = 128;
  private static final int CONSUMED_AT = 256;
  static final int INTENT_AT = 384;

  private static final int RECORD_HEADER = 8;
  private static final int LARGEST_RECORD = 512 * 1024;
  private static final int PADDING = 0x40000000;
  private static final long CLOSED_BIT = Long.MIN_VALUE;

  /** The bits of a position; above them is its check, which any flipped bit contradicts. */
  private static final long POSITION = (1L << 48) - 1;

  private static final long CHECK = 0x9E3779B97F4A7C15L;
  static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final byte[] ZEROS = new byte[64 * 1024];

  private final ByteBuffer bytes;
  private final int capacity;
  private final int mask;

  /** Everything before this position may be claimed again, one capacity later. */
  private volatile long released;

  private Ring(ByteBuffer bytes, int capacity) {
    this.bytes = bytes;
    this.capacity = capacity;
    this.mask = capacity - 1;
  }

  /** The ring of a process that has gone, from a copy of its file. */
  static Ring of(ByteBuffer copy) {
    copy.order(ByteOrder.nativeOrder());
    return new Ring(copy, copy.getInt(CAPACITY_AT));
  }

  /** A ring in memory only. The capacity is a power of two. */
  static Ring inMemory(int capacity) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(HEADER + capacity).order(ByteOrder.nativeOrder());
    return fresh(bytes, capacity);
  }

  /** A new ring over zeros. */
  static Ring fresh(ByteBuffer zeros, int capacity) {
    zeros.order(ByteOrder.nativeOrder());
    zeros.putInt(CAPACITY_AT, capacity);
    LONGS.setRelease(zeros, 0, MAGIC);
    return new Ring(zeros, capacity);
  }

  /**
   * Makes a ring without a sound head one that is full from its first byte to its last. What its
   * owner had taken it had filled with zeros, so every record that is found in it is still to come.
   */
  static void forget(ByteBuffer copy) {
    copy.order(ByteOrder.nativeOrder());
    int capacity = copy.capacity() - HEADER;
    copy.putLong(0, MAGIC);
    copy.putInt(CAPACITY_AT, capacity);
    copy.putLong(CONSUMED_AT, 0);
    copy.putLong(TAIL_AT, capacity);
    copy.putLong(INTENT_AT, -1);
  }

  /** Whether the head of a dead process's ring is as its owner can have left it. */
  static boolean hasSoundHead(ByteBuffer copy) {
    int capacity = copy.getInt(CAPACITY_AT);
    long magic = copy.getLong(0);
    if (magic != MAGIC && magic != UNCHECKED_MAGIC || capacity != copy.capacity() - HEADER) {
      return false;
    }
    Ring ring = of(copy);
    long consumed = ring.consumed();
    long tail = ring.tail();
    return (magic == UNCHECKED_MAGIC || copy.getLong(CONSUMED_AT) == checked(consumed))
        && tail >= consumed
        && tail - consumed <= capacity
        && consumed % Long.BYTES == 0
        && tail % Long.BYTES == 0;
  }

  /**
   * The position behind the last byte of the ring of a dead process that is not zero: never behind
   * its tail, unless that is damaged.
   *
   * @param cleared up to one capacity before this position the owner had filled the ring with zeros
   */
  long reach(long cleared) {
    long end = tail();
    for (long at = end; at < cleared + capacity; at += Long.BYTES) {
      end = header(at) == 0 ? end : at + Long.BYTES;
    }
    return end;
  }

  /** Sets the tail of a dead process's ring. */
  void extend(long tail) {
    bytes.putLong(TAIL_AT, tail);
  }

  /** Where in the file a position is. */
  long offset(long position) {
    return index(position);
  }

  /** The bytes between two positions. */
  byte[] copy(long from, long to) {
    byte[] copy = new byte[(int) (to - from)];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = bytes.get(index(from + i));
    }
    return copy;
  }

  int capacity() {
    return capacity;
  }

  /** The most bytes that name and line may have together. */
  public int largest() {
    return Math.min(capacity / 2, LARGEST_RECORD) - RECORD_HEADER - 1;
  }

  ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Puts one record; a line feed is added to the line. Never blocks.
   *
   * @return the position after the record, {@link #FULL} or {@link #CLOSED}
   */
  public long put(byte[] name, byte[] line, int from, int to) {
    int length = RECORD_HEADER + name.length + (to - from) + 1;
    int room = aligned(length);
    while (true) {
      long tail = (long) LONGS.getVolatile(bytes, TAIL_AT);
      if (tail < 0) {
        return CLOSED;
      }
      int toEnd = capacity - ((int) tail & mask);
      int skip = toEnd < room ? toEnd : 0;
      long end = tail + skip + room;
      if (end - released > capacity) {
        return FULL;
      }
      if (LONGS.compareAndSet(bytes, TAIL_AT, tail, end)) {
        if (skip > 0) {
          LONGS.setRelease(bytes, index(tail), (long) (PADDING | skip));
        }
        fill(index(tail + skip), room, length, name, line, from, to);
        return end;
      }
    }
  }

  private void fill(int at, int room, int length, byte[] name, byte[] line, int from, int to) {
    LONGS.setRelease(bytes, at, (long) -room);
    VarHandle.releaseFence();
    long header = PADDING | room;
    try {
      int text = at + RECORD_HEADER + name.length;
      bytes.put(at + RECORD_HEADER, name, 0, name.length);
      bytes.put(text, line, from, to - from);
      bytes.put(text + to - from, (byte) '\n');
      header = (long) name.length << 32 | length;
    } finally {
      // Whatever happened, an unfinished record would stop the consumer for good.
      LONGS.setRelease(bytes, at, header);
    }
  }

  /** True when everything that was claimed has been taken. */
  boolean isEmpty() {
    return tail() == consumed();
  }

  /** Where the next record will be claimed. */
  long tail() {
    return (long) LONGS.getVolatile(bytes, TAIL_AT) & ~CLOSED_BIT;
  }

  /** Up to where the journals have everything. */
  long consumed() {
    return (long) LONGS.getVolatile(bytes, CONSUMED_AT) & POSITION;
  }

  /** Notes up to where the journals have everything, together with a check of the position. */
  void consumed(long upTo) {
    LONGS.setVolatile(bytes, CONSUMED_AT, checked(upTo));
  }

  private static long checked(long position) {
    return position | (position * CHECK & ~POSITION);
  }

  /** Lets no further record in. Those that were claimed before are still to come. */
  void close() {
    LONGS.getAndBitwiseOr(bytes, TAIL_AT, CLOSED_BIT);
  }

  /**
   * The header of the record at this position: 0 or negative when it is not there yet. See {@link
   * #isPadding}, {@link #nameLength}, {@link #length}.
   */
  long header(long position) {
    return (long) LONGS.getAcquire(bytes, index(position));
  }

  static boolean isPadding(long header) {
    return (header & PADDING) != 0;
  }

  /** Bytes of the whole record with its header, before alignment. */
  static int length(long header) {
    return (int) header & (PADDING - 1);
  }

  static int nameLength(long header) {
    return (int) (header >>> 32);
  }

  static int room(long header) {
    return aligned(length(header));
  }

  /** Where in {@link #bytes} the name of the record at this position starts. */
  int nameAt(long position) {
    return index(position) + RECORD_HEADER;
  }

  static int lineLength(long header) {
    return length(header) - RECORD_HEADER - nameLength(header);
  }

  /** Marks as taken, for recovery first, then for those who wait for room. */
  void release(long upTo) {
    long from = consumed();
    consumed(upTo);
    for (long at = from; at < upTo; ) {
      int index = index(at);
      int count = (int) Math.min(Math.min(upTo - at, ZEROS.length), HEADER + capacity - index);
      bytes.put(index, ZEROS, 0, count);
      at += count;
    }
    released = upTo;
  }

  /** Makes each page writable now, so that no caller pays for its first use. */
  void touch() {
    for (int at = HEADER; at < HEADER + capacity; at += 4096) {
      LONGS.compareAndSet(bytes, at, 0L, 0L);
    }
  }

  private int index(long position) {
    return HEADER + ((int) position & mask);
  }

  private static int aligned(int length) {
    return (length + 7) & ~7;
  }
}
