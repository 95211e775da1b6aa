package dev.flightlog.store.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a text, one after another. A word is a run of letters, digits and the marks on them,
 * in lower case; all else stands between words. So {@code src/main/Foo.java} has four words, and
 * {@code file_not_read} three. Where a script has no spaces each letter is a word.
 *
 * <p>A word in which small and capital letters alternate has parts, which are found like words at
 * its place: {@code readFileAsText} has {@code read}, {@code file} and {@code text}. Of parts
 * shorter than {@value #SHORTEST_PART} and of words longer than {@value #LONGEST} nothing is said;
 * of the latter only the beginning counts.
 *
 * <p>Not safe for several threads.
 */
public final class Words {
  /** Characters of a word that count. */
  public static final int LONGEST = 64;

  /** Characters of the shortest part. */
  public static final int SHORTEST_PART = 3;

  /** The first character of a script without spaces. */
  private static final int FIRST_UNSPACED = 0x0E00;

  private static final int[][] UNSPACED = {
    {0x0E00, 0x0EFF}, // Thai, Lao
    {0x1000, 0x109F}, // Myanmar
    {0x1780, 0x17FF}, // Khmer
    {0x3005, 0x3007},
    {0x3040, 0x30FF}, // Hiragana, Katakana
    {0x31F0, 0x31FF},
    {0x3400, 0x4DBF}, // Han
    {0x4E00, 0x9FFF},
    {0xF900, 0xFAFF},
    {0xFF66, 0xFF9F},
    {0x20000, 0x3FFFF}
  };

  private String text = "";
  private int start;
  private int end;

  /** Begins with the words of this text. */
  public Words of(String whole) {
    text = whole;
    start = 0;
    end = 0;
    return this;
  }

  /** All words of a text, in their order and without parts. */
  public static List<String> in(String text) {
    List<String> all = new ArrayList<>();
    Words words = new Words().of(text);
    while (words.next()) {
      all.add(words.word());
    }
    return all;
  }

  /** Goes on to the next word; false when there is none. */
  public boolean next() {
    int length = text.length();
    int at = end;
    while (at < length) {
      int c = text.codePointAt(at);
      if (isOfWord(c)) {
        start = at;
        end = isUnspaced(c) ? behindMarks(at + Character.charCount(c)) : behindRun(at);
        return true;
      }
      at += Character.charCount(c);
    }
    end = length;
    return false;
  }

  private int behindRun(int from) {
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!isOfWord(c) || isUnspaced(c)) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  private int behindMarks(int from) {
    int at = from;
    while (at < text.length() && isMark(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static boolean isOfWord(int c) {
    return c < 128
        ? c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
        : Character.isLetterOrDigit(c) || isMark(c);
  }

  private static boolean isMark(int c) {
    int type = c < 0x300 ? 0 : Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isUnspaced(int c) {
    if (c >= FIRST_UNSPACED) {
      for (int[] range : UNSPACED) {
        if (c <= range[1]) {
          return c >= range[0];
        }
      }
    }
    return false;
  }

  /** Where the word begins in the text. */
  public int start() {
    return start;
  }

  /** Where it ends. */
  public int end() {
    return end;
  }

  /** The word. */
  public String word() {
    return folded(start, end);
  }

  /** Its parts; none for most words. */
  public List<String> parts() {
    if (end - start > LONGEST || end - start <= SHORTEST_PART) {
      return List.of();
    }
    List<String> parts = List.of();
    int from = start;
    for (int at = start + 1; at <= end; at++) {
      if (at == end ? from > start : isBoundary(at)) {
        if (at - from >= SHORTEST_PART) {
          if (parts.isEmpty()) {
            parts = new ArrayList<>();
          }
          parts.add(folded(from, at));
        }
        from = at;
      }
    }
    return parts;
  }

  /** Between a small and a capital letter, and before the last of several capital letters. */
  private boolean isBoundary(int at) {
    if (!Character.isUpperCase(text.charAt(at))) {
      return false;
    }
    return !Character.isUpperCase(text.charAt(at - 1))
        || at + 1 < end && Character.isLowerCase(text.charAt(at + 1));
  }

  private String folded(int from, int to) {
    String raw = text.substring(from, Math.min(to, from + 4 * LONGEST));
    char[] out =
        (hasMark(raw) ? Normalizer.normalize(raw, Normalizer.Form.NFC) : raw).toCharArray();
    int length = Math.min(out.length, LONGEST);
    for (int i = 0; i < length; i++) {
      out[i] = fold(out[i]);
    }
    if (length > 0 && length < out.length && Character.isHighSurrogate(out[length - 1])) {
      length--;
    }
    return new String(out, 0, length);
  }

  private static boolean hasMark(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) >= 0x300 && isMark(raw.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** The character in lower case, where A to Z only ever equals a to z. */
  public static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    char folded = Character.toLowerCase(Character.toUpperCase(c));
    return folded < 128 ? c : folded;
  }
}
