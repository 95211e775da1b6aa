package dev.flightlog.stores.clickhouse.rows;

/** Puts rows into an order. Stateless. */
final class RowOrder {
  private RowOrder() {}

  /** Tells which of two rows comes first. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  /** The numbers of so many rows in this order; of equal ones the first stays first. */
  static int[] of(int size, Order order) {
    int[] sorted = new int[size];
    boolean inOrder = true;
    for (int i = 0; i < size; i++) {
      sorted[i] = i;
      inOrder &= i == 0 || order.compare(i - 1, i) <= 0;
    }
    return inOrder ? sorted : merged(sorted, order);
  }

  private static int[] merged(int[] rows, Order order) {
    int[] from = rows;
    int[] to = new int[rows.length];
    for (int width = 1; width < rows.length && width > 0; width *= 2) {
      for (int start = 0; start < rows.length; start += 2 * width) {
        int middle = Math.min(start + width, rows.length);
        merge(from, start, middle, Math.min(middle + width, rows.length), to, order);
      }
      int[] other = from;
      from = to;
      to = other;
    }
    return from;
  }

  private static void merge(int[] from, int start, int middle, int end, int[] to, Order order) {
    // Rows come from files that are in order themselves, so most runs follow one another.
    if (middle == end || order.compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean first = right == end || left < middle && order.compare(from[left], from[right]) <= 0;
      to[at] = first ? from[left++] : from[right++];
    }
  }
}
