package dev.flightlog.patterns.templates;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Distinct signatures, numbered in the order in which they came, and how often each came. */
final class SignatureBag {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[][] signatures = new byte[256][];
  private long[] hashes = new long[256];
  private long[] counts = new long[256];
  private int size;

  /** Number of a signature plus one, at the place its hash gives or behind it; 0 is free. */
  private int[] table = new int[1024];

  int size() {
    return size;
  }

  String text(int number) {
    return new String(signatures[number], StandardCharsets.UTF_8);
  }

  long count(int number) {
    return counts[number];
  }

  void add(int number, long count) {
    counts[number] += count;
  }

  /** The number of the signature in the first bytes; a new one when it was never seen. */
  int number(byte[] bytes, int length) {
    long hash = hash(bytes, length);
    int at = at(bytes, length, hash);
    if (table[at] != 0) {
      return table[at] - 1;
    }
    if (size == signatures.length) {
      signatures = Arrays.copyOf(signatures, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    signatures[size] = Arrays.copyOf(bytes, length);
    hashes[size] = hash;
    table[at] = ++size;
    if (2 * size > table.length) {
      grow();
    }
    return size - 1;
  }

  /** The number of the signature in the first bytes, -1 when it was never seen. */
  int find(byte[] bytes, int length) {
    return table[at(bytes, length, hash(bytes, length))] - 1;
  }

  /** Where the signature stands in the table, or the free place where it belongs. */
  private int at(byte[] bytes, int length, long hash) {
    int mask = table.length - 1;
    int at = (int) hash & mask;
    while (table[at] != 0) {
      int number = table[at] - 1;
      byte[] known = signatures[number];
      if (hashes[number] == hash && Arrays.equals(known, 0, known.length, bytes, 0, length)) {
        break;
      }
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int number = 0; number < size; number++) {
      int at = (int) hashes[number] & mask;
      while (table[at] != 0) {
        at = (at + 1) & mask;
      }
      table[at] = number + 1;
    }
  }

  private static long hash(byte[] bytes, int length) {
    long hash = length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = (hash ^ (long) LONGS.get(bytes, i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    long rest = 0;
    for (; i < length; i++) {
      rest = (rest << 8) | (bytes[i] & 0xff);
    }
    hash = (hash ^ rest) * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }
}
