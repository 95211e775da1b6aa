package dev.flightlog.stores.sqlite.sql;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Values by the numbers of some texts, in the order in which they were first asked for. Not safe
 * for several threads.
 */
public final class CodeTable<V> {
  private final int width;
  private int[] codes;
  private Object[] values = new Object[8];
  private int[] slots = new int[16];
  private int size;

  /**
   * @param width so many numbers belong to a value
   */
  public CodeTable(int width) {
    this.width = width;
    this.codes = new int[8 * width];
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** The value in a place; they count from 0. */
  @SuppressWarnings("unchecked")
  public V value(int place) {
    return (V) values[place];
  }

  /** All numbers, place by place; not to be changed. */
  public int[] codes() {
    return codes;
  }

  /** The numbers of a place begin here. */
  public int from(int place) {
    return place * width;
  }

  /** The value of the numbers that begin there; a new one when there is none. */
  public V at(int[] wanted, int from, Supplier<V> made) {
    int mask = slots.length - 1;
    int slot = hash(wanted, from) & mask;
    for (int there = slots[slot]; there != 0; there = slots[slot]) {
      if (isAt(there - 1, wanted, from)) {
        return value(there - 1);
      }
      slot = (slot + 1) & mask;
    }
    V value = made.get();
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      codes = Arrays.copyOf(codes, 2 * size * width);
    }
    values[size] = value;
    System.arraycopy(wanted, from, codes, size * width, width);
    slots[slot] = ++size;
    if (2 * size > slots.length) {
      grow();
    }
    return value;
  }

  private boolean isAt(int place, int[] wanted, int from) {
    int own = place * width;
    for (int i = 0; i < width; i++) {
      if (codes[own + i] != wanted[from + i]) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int place = 0; place < size; place++) {
      int slot = hash(codes, place * width) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = place + 1;
    }
  }

  private int hash(int[] of, int from) {
    int hash = 0;
    for (int i = from; i < from + width; i++) {
      hash = (hash ^ of[i]) * 0x9e3779b1;
      hash ^= hash >>> 15;
    }
    return hash;
  }
}
