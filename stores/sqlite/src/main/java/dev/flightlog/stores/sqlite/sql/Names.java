package dev.flightlog.stores.sqlite.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gives each text a number from 1 on, by its UTF-8 bytes and without making a String of one that is
 * known. 0 is for no text. Forgets everything when it holds very many. Not safe for several
 * threads.
 */
public final class Names {
  private static final int MOST = 1 << 20;

  private @Nullable String[] texts = new String[256];
  private byte[][] utf8 = new byte[256][];
  private int[] slots = new int[512];
  private int size;

  /** The number of this text. */
  public int number(byte[] bytes, int from, int length) {
    int mask = slots.length - 1;
    int slot = hash(bytes, from, length) & mask;
    for (int number = slots[slot]; number != 0; number = slots[slot]) {
      byte[] known = utf8[number];
      if (Arrays.equals(known, 0, known.length, bytes, from, from + length)) {
        return number;
      }
      slot = (slot + 1) & mask;
    }
    int number = ++size;
    if (number == texts.length) {
      texts = Arrays.copyOf(texts, number * 2);
      utf8 = Arrays.copyOf(utf8, number * 2);
    }
    utf8[number] = Arrays.copyOfRange(bytes, from, from + length);
    texts[number] = new String(bytes, from, length, StandardCharsets.UTF_8);
    slots[slot] = number;
    if (number * 2 > slots.length) {
      grow();
    }
    return number;
  }

  /** The same of a string. */
  public int number(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return number(bytes, 0, bytes.length);
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int number = 1; number <= size; number++) {
      int slot = hash(utf8[number], 0, utf8[number].length) & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = number;
    }
  }

  /** The text with this number; null for 0. */
  public @Nullable String text(int number) {
    return texts[number];
  }

  /** The same text in UTF-8; not to be changed. Not for 0. */
  public byte[] utf8(int number) {
    return utf8[number];
  }

  /** How many texts have a number. */
  public int size() {
    return size;
  }

  /** True when it should be cleared as soon as no number is in use. */
  public boolean isFull() {
    return size > MOST;
  }

  /** Forgets every text. */
  public void clear() {
    texts = new String[256];
    utf8 = new byte[256][];
    slots = new int[512];
    size = 0;
  }

  private static int hash(byte[] bytes, int from, int length) {
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
