package dev.flightlog.stores.sqlite.rollups;

import java.util.Arrays;

/**
 * Some of many whole numbers, from which ranks can be told: the sketch of Karnin, Lang and Liberty
 * ("Optimal Quantile Approximation in Streams", 2016). A number on level {@code n} stands for 2^n
 * numbers. When the sketch is full, the lowest full level is sorted and every other number moves
 * up; which of the two is drawn by chance, so that errors cancel out.
 *
 * <p>With {@link #K} = 600 the rank is wrong by less than 0.006 in 99 of 100 sketches; up to 600
 * numbers are all kept and ranks exact.
 */
final class Sketch implements Summary<Sketch> {
  static final int K = 600;
  private static final int SMALLEST_LEVEL = 8;

  private long[][] levels = {new long[1]};
  private int[] sizes = new int[1];
  private int held;
  private int room = K;
  private long chance = 0x9e3779b97f4a7c15L;

  void add(long number) {
    put(0, number);
    if (held > room) {
      compact();
    }
  }

  private void put(int level, long number) {
    if (sizes[level] == levels[level].length) {
      levels[level] = Arrays.copyOf(levels[level], sizes[level] * 2);
    }
    levels[level][sizes[level]++] = number;
    held++;
  }

  @Override
  public void add(Sketch other) {
    while (levels.length < other.levels.length) {
      addLevel();
    }
    for (int level = 0; level < other.levels.length; level++) {
      int own = sizes[level];
      int count = other.sizes[level];
      if (own + count > levels[level].length) {
        levels[level] = Arrays.copyOf(levels[level], Math.max(own + count, own * 2));
      }
      System.arraycopy(other.levels[level], 0, levels[level], own, count);
      sizes[level] = own + count;
      held += count;
    }
    while (held > room) {
      compact();
    }
  }

  private void compact() {
    int level = 0;
    while (sizes[level] <= capacity(level)) {
      level++;
    }
    if (level + 1 == levels.length) {
      addLevel();
    }
    long[] numbers = levels[level];
    int size = sizes[level];
    Arrays.sort(numbers, 0, size);
    // With an odd count the smallest or the largest stays behind.
    int from = size & 1;
    boolean keepLast = from == 1 && toss();
    if (keepLast) {
      from = 0;
    }
    int to = keepLast ? size - 1 : size;
    for (int i = from + (toss() ? 1 : 0); i < to; i += 2) {
      put(level + 1, numbers[i]);
    }
    if ((size & 1) == 1) {
      numbers[0] = keepLast ? numbers[size - 1] : numbers[0];
    }
    sizes[level] = size & 1;
    held -= size - (size & 1);
  }

  private void addLevel() {
    int top = levels.length;
    levels = Arrays.copyOf(levels, top + 1);
    levels[top] = new long[8];
    sizes = Arrays.copyOf(sizes, top + 1);
    room = 0;
    for (int level = 0; level <= top; level++) {
      room += capacity(level);
    }
  }

  /** The top level holds K, each one below two thirds of that. */
  private int capacity(int level) {
    double share = Math.pow(2 / 3.0, levels.length - 1.0 - level);
    return Math.max(SMALLEST_LEVEL, (int) Math.ceil(K * share));
  }

  /** A coin whose row of throws is always the same (xorshift), so that a test repeats itself. */
  private boolean toss() {
    chance ^= chance << 13;
    chance ^= chance >>> 7;
    chance ^= chance << 17;
    return chance < 0;
  }

  int levels() {
    return levels.length;
  }

  int size(int level) {
    return sizes[level];
  }

  /** The numbers of a level: the first {@link #size} of them. */
  long[] numbers(int level) {
    return levels[level];
  }

  @Override
  public void write(PackedBytes out) {
    out.whole(levels.length);
    out.whole(chance >>> 1);
    for (int level = 0; level < levels.length; level++) {
      Arrays.sort(levels[level], 0, sizes[level]);
      out.whole(sizes[level]);
      long before = 0;
      for (int i = 0; i < sizes[level]; i++) {
        long number = levels[level][i];
        if (i == 0) {
          out.signed(number);
        } else {
          out.whole(number - before);
        }
        before = number;
      }
    }
  }

  @Override
  public void readOver(PackedBytes in, CubeLayout layout) {
    int count = in.size();
    chance = in.whole() << 1 | 1;
    if (levels.length != count) {
      levels = new long[1][8];
      sizes = new int[1];
      room = K;
      while (levels.length < count) {
        addLevel();
      }
    }
    held = 0;
    for (int level = 0; level < count; level++) {
      int size = in.size();
      if (size > levels[level].length) {
        levels[level] = new long[size];
      }
      long[] numbers = levels[level];
      long number = 0;
      for (int i = 0; i < size; i++) {
        number = i == 0 ? in.signed() : number + in.whole();
        numbers[i] = number;
      }
      sizes[level] = size;
      held += size;
    }
  }

  static void skip(PackedBytes in) {
    int levels = in.size();
    in.skip(1);
    for (int level = 0; level < levels; level++) {
      in.skip(in.size());
    }
  }
}
