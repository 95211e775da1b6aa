package dev.flightlog.patterns.templates;

import static dev.flightlog.patterns.templates.VariableForms.DIGIT;
import static dev.flightlog.patterns.templates.VariableForms.JOINER;
import static dev.flightlog.patterns.templates.VariableForms.LETTER;
import static dev.flightlog.patterns.templates.VariableForms.MARK;
import static dev.flightlog.patterns.templates.VariableForms.SPACE;
import static dev.flightlog.patterns.templates.VariableForms.WIDE;
import static dev.flightlog.patterns.templates.VariableForms.kind;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Replaces what varies by its form (numbers, times, addresses, ids, paths, URLs, colours) with
 * {@code <*>}, in one pass over UTF-8 bytes. Knows nothing but the line it is given, so that the
 * same line has the same outcome everywhere. Keeps a buffer: for one thread.
 *
 * <p>A line is cut into chunks: runs of letters, digits and the characters that hold names together
 * ({@code . _ - / \ @ # $ % & + * ~}). All other characters stand for themselves. A chunk with a
 * digit becomes a slot from the first part that has one; what is in front of it stays ({@code
 * blk_<*>}). Slots with nothing but separators between them are one slot, so that a list of three
 * numbers looks like a list of five.
 */
final class Masker {
  /** Bytes of a line that count; what follows is passed over. */
  static final int LONGEST = 2048;

  private static final boolean[] SEPARATES = new boolean[256];

  static {
    for (char c : " ,:;._-/\\|+#@&x".toCharArray()) {
      SEPARATES[c] = true;
    }
  }

  private final byte[] out = new byte[4 * LONGEST];
  private int size;

  /** Where the last token with a slot begins and ends in the outcome; -1 when a word came since. */
  private int slotStart;

  private int slotEnd;
  private byte[] in = new byte[0];
  private int end;

  /** Masks one line; the outcome is in {@link #bytes} up to {@link #size} until the next call. */
  void mask(byte[] line, int from, int to) {
    in = line;
    end = to;
    if (to - from > LONGEST) {
      end = from + LONGEST;
      while (end > from + LONGEST / 2 && in[end] != ' ') {
        end--;
      }
    }
    size = 0;
    slotEnd = -1;
    int i = from;
    while (i < end) {
      byte c = in[i];
      byte kind = kind(c);
      if (kind == SPACE) {
        i = c == 0x1b ? escape(i) : space(i);
      } else if (kind == MARK) {
        i = mark(i);
      } else if (kind == WIDE) {
        i = wide(i);
      } else {
        i = chunk(i);
      }
    }
    while (size > 0 && out[size - 1] == ' ') {
      size--;
    }
  }

  byte[] bytes() {
    return out;
  }

  int size() {
    return size;
  }

  /** The outcome as a text. */
  String text() {
    return new String(out, 0, size, StandardCharsets.UTF_8);
  }

  private int space(int i) {
    if (size > 0 && out[size - 1] != ' ') {
      out[size++] = ' ';
    }
    return i + 1;
  }

  /** A terminal's escape sequence: CSI up to its letter, OSC up to its end, else two bytes. */
  private int escape(int i) {
    int k = i + 2;
    if (k > end) {
      return end;
    }
    if (in[i + 1] == '[') {
      while (k < end && (in[k] < 0x40 || in[k] > 0x7e)) {
        k++;
      }
      return Math.min(end, k + 1);
    }
    if (in[i + 1] == ']') {
      while (k < end && in[k] != 7 && in[k] != 0x1b) {
        k++;
      }
      return Math.min(end, k < end && in[k] == 0x1b ? k + 2 : k + 1);
    }
    return k;
  }

  /** A character that stands for itself; a run of one is shortened. */
  private int mark(int i) {
    byte c = in[i];
    if (c == '<' && i + 1 < end) {
      if (i + 2 < end && in[i + 1] == '*' && in[i + 2] == '>') {
        slot(size);
        return i + 3;
      }
      boolean less = kind(in[i + 1]) == DIGIT && size > 0 && out[size - 1] == ' ';
      if (less) {
        return i + 1;
      }
    }
    int k = i + 1;
    while (k < end && in[k] == c) {
      k++;
    }
    put(i, Math.min(k, i + 3));
    return k;
  }

  private int wide(int i) {
    if (isWideMark(i)) {
      boolean order = in[i + 1] == (byte) 0xbb;
      put(i, order ? i : i + 3);
      return i + 3;
    }
    int k = i + 1;
    while (k < end && in[k] < 0 && !isWideMark(k)) {
      k++;
    }
    put(i, k);
    slotEnd = -1;
    return k;
  }

  /** Punctuation as Chinese and Japanese write it, or a byte order mark. */
  private boolean isWideMark(int i) {
    if (i + 2 >= end) {
      return false;
    }
    boolean full = in[i + 1] == (byte) 0xbc && (in[i + 2] & 0xff) < 0xa1;
    return (in[i] == (byte) 0xe3 && in[i + 1] == (byte) 0x80)
        || (in[i] == (byte) 0xef
            && (full || (in[i + 1] == (byte) 0xbb && in[i + 2] == (byte) 0xbf)));
  }

  private int chunk(int from) {
    int k = from;
    int digit = -1;
    int slashes = 0;
    int letters = 0;
    int dots = 0;
    for (; k < end; k++) {
      byte c = in[k];
      byte kind = kind(c);
      if (kind == LETTER) {
        letters++;
      } else if (kind == DIGIT) {
        digit = digit < 0 ? k : digit;
      } else if (kind != JOINER) {
        break;
      } else if (c == '/' || c == '\\') {
        slashes++;
      } else if (c == '.' || c == '@') {
        dots++;
      }
    }
    if (k < end && in[k] == ':') {
      int after = acrossColons(from, k, letters, dots);
      if (after > 0) {
        slot(size);
        return after;
      }
    }
    int stop = k;
    while (stop > from && in[stop - 1] == '.') {
      stop--;
    }
    if (slashes > 0 && letters > 0 && VariableForms.isPath(in, from, stop, slashes)) {
      slot(size);
      if (k < end && in[k] == '?' && k == stop) {
        return VariableForms.query(in, k, end);
      }
    } else if (dots > 0 && letters > 0 && VariableForms.isHost(in, from, stop, digit >= 0)) {
      slot(size);
    } else if (letters > 0 && VariableForms.isNameOfTest(in, from, stop, end)) {
      slot(size);
    } else if (digit >= 0) {
      numbered(from, stop, digit);
      if (stop == k) {
        return VariableForms.unit(in, k, end);
      }
    } else if (letters == 0) {
      joiners(from, k);
      return k;
    } else if (VariableForms.isPartOfDate(in, from, stop, end)
        || VariableForms.isHexNumber(in, from, stop)) {
      slot(size);
    } else {
      put(from, stop);
      slotEnd = -1;
    }
    joiners(stop, k);
    return k;
  }

  /** Runs of one character are shortened, so that rulers of any length are equal. */
  private void joiners(int from, int to) {
    int run = 0;
    for (int i = from; i < to; i++) {
      run = i > from && in[i] == in[i - 1] ? run + 1 : 1;
      if (run <= 3) {
        out[size++] = in[i];
      }
    }
  }

  /**
   * URLs, drive letters, a file or host with a number behind it, hardware and IPv6 addresses.
   * Returns where it ends, or 0.
   */
  private int acrossColons(int from, int colon, int letters, int dots) {
    if (colon + 2 < end && in[colon + 1] == '/' && in[colon + 2] == '/' && letters > 0) {
      return VariableForms.url(in, colon, end);
    }
    if (colon - from == 1 && letters == 1 && colon + 1 < end && in[colon + 1] == '\\') {
      int k = colon + 1;
      while (k < end && (kind(in[k]) == JOINER || kind(in[k]) == LETTER || kind(in[k]) == DIGIT)) {
        k++;
      }
      return k;
    }
    if (dots > 0 && letters > 0 && in[colon - 1] != '.') {
      int k = colon + 1;
      while (k < end && kind(in[k]) == DIGIT) {
        k++;
      }
      boolean whole = k == end || (kind(in[k]) != LETTER && kind(in[k]) != JOINER);
      return k > colon + 1 && whole ? k : 0;
    }
    return colon - from <= 4 ? VariableForms.address(in, from, end) : 0;
  }

  /** A chunk with a digit: letters in front stay when they look like a name, the rest is a slot. */
  private void numbered(int from, int to, int digit) {
    int part = digit;
    while (part > from && kind(in[part - 1]) == LETTER) {
      part--;
    }
    int hex = part;
    while (hex < to && VariableForms.isHex(in[hex])) {
      hex++;
    }
    boolean wholeIsHex = hex - part >= 6 && (hex == to || kind(in[hex]) == JOINER);
    int changes = 0;
    for (int i = digit + 1; i < to && kind(in[i]) != JOINER; i++) {
      changes += kind(in[i]) != kind(in[i - 1]) ? 1 : 0;
    }
    boolean keepsPart = digit - part > 1 && !wholeIsHex && changes < 2;
    int keep = keepsPart ? digit : part;
    boolean named = false;
    for (int i = from; i < keep && !named; i++) {
      named = kind(in[i]) == LETTER;
    }
    int start = size;
    if (named) {
      int sign = keep - 1;
      boolean signed = in[sign] == '-' && kind(in[sign - 1]) == JOINER;
      put(from, signed ? sign : keep);
      out[size++] = '<';
      out[size++] = '*';
      out[size++] = '>';
      name(start);
    } else {
      slot(start);
    }
  }

  /** A name with a slot has been put at {@code start}; it goes if it repeats the one before it. */
  private void name(int start) {
    boolean repeats =
        slotEnd >= 0
            && Arrays.equals(out, slotStart, slotEnd, out, start, size)
            && onlySeparators(start);
    if (repeats) {
      size = slotEnd;
    } else {
      slotStart = start;
      slotEnd = size;
    }
  }

  private void slot(int start) {
    if (slotEnd >= 0 && slotEnd - slotStart == 3 && onlySeparators(size)) {
      size = slotEnd;
      return;
    }
    out[size++] = '<';
    out[size++] = '*';
    out[size++] = '>';
    slotStart = start;
    slotEnd = size;
  }

  private boolean onlySeparators(int to) {
    for (int i = slotEnd; i < to; i++) {
      if (!SEPARATES[out[i] & 0xff]) {
        return false;
      }
    }
    return true;
  }

  private void put(int from, int to) {
    System.arraycopy(in, from, out, size, to - from);
    size += to - from;
  }
}
