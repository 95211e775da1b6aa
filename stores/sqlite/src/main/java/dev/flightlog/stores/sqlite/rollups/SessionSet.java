package dev.flightlog.stores.sqlite.rollups;

import java.util.Arrays;

/** The numbers of the sessions in which the events of a cell happened. */
final class SessionSet implements Summary<SessionSet> {
  private int[] numbers = new int[2];
  private int size;
  private boolean sorted = true;

  void add(int session) {
    if (size > 0 && numbers[size - 1] == session) {
      return;
    }
    if (size == numbers.length) {
      sort();
      if (size * 2 > numbers.length) {
        numbers = Arrays.copyOf(numbers, size * 2);
      }
    }
    sorted &= size == 0 || session > numbers[size - 1];
    numbers[size++] = session;
  }

  @Override
  public void add(SessionSet other) {
    other.sort();
    for (int i = 0; i < other.size; i++) {
      add(other.numbers[i]);
    }
  }

  private void sort() {
    if (sorted) {
      return;
    }
    Arrays.sort(numbers, 0, size);
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (kept == 0 || numbers[i] != numbers[kept - 1]) {
        numbers[kept++] = numbers[i];
      }
    }
    size = kept;
    sorted = true;
  }

  int size() {
    sort();
    return size;
  }

  /** The first {@link #size} of these, ascending; not to be changed. */
  int[] numbers() {
    return numbers;
  }

  @Override
  public void write(PackedBytes out) {
    sort();
    out.whole(size);
    int before = 0;
    for (int i = 0; i < size; i++) {
      out.whole(numbers[i] - before);
      before = numbers[i];
    }
  }

  @Override
  public void readOver(PackedBytes in, CubeLayout layout) {
    size = in.size();
    sorted = true;
    if (size > numbers.length) {
      numbers = new int[size];
    }
    in.ascending(numbers, size);
  }

  static void skip(PackedBytes in) {
    in.skip(in.size());
  }
}
