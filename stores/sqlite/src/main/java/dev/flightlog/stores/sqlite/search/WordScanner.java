package dev.flightlog.stores.sqlite.search;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.store.search.Words;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the words of rows in their bytes: those that {@link Words} tells of the texts that {@link
 * EventTexts} visits. Words of ASCII, nearly all, are looked at byte by byte; the others become
 * strings and go through {@link Words}. Not safe for several threads.
 */
final class WordScanner {
  private static final byte BETWEEN = 0;
  private static final byte SMALL = 1;
  private static final byte CAPITAL = 2;
  private static final byte BACKSLASH = 3;

  /** Of a character beyond ASCII. */
  private static final byte BEYOND = 4;

  private static final byte[] KINDS = new byte[256];

  static {
    Arrays.fill(KINDS, '0', '9' + 1, SMALL);
    Arrays.fill(KINDS, 'a', 'z' + 1, SMALL);
    Arrays.fill(KINDS, 'A', 'Z' + 1, CAPITAL);
    Arrays.fill(KINDS, 128, 256, BEYOND);
    KINDS['\\'] = BACKSLASH;
  }

  private final SegmentBuilder to;
  private final Words words = new Words();
  private final byte[] word = new byte[Words.LONGEST];

  WordScanner(SegmentBuilder to) {
    this.to = to;
  }

  /** Tells all words of a row. */
  void row(EventBatch batch, int row) {
    for (Field field : EventTexts.FIELDS) {
      if (batch.has(row, field)) {
        int from = batch.offset(row, field);
        text(batch.bytes(), from, from + batch.length(row, field), false);
      }
    }
    if (batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      json(batch.bytes(), from, from + batch.length(row, Field.DETAILS));
    }
  }

  /** The texts of an object, but not its keys. */
  private void json(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '"') {
        at++;
        continue;
      }
      int begin = at + 1;
      for (at = begin; at < to && bytes[at] != '"'; at++) {
        at += bytes[at] == '\\' ? 1 : 0;
      }
      int end = Math.min(at, to);
      at = end + 1;
      while (at < to && bytes[at] <= ' ' && bytes[at] >= 0) {
        at++;
      }
      if (at < to && bytes[at] == ':') {
        at++;
      } else {
        text(bytes, begin, end, true);
      }
    }
  }

  /**
   * A text.
   *
   * @param json true when it has the escapes of JSON, which stand between words but for {@code u}
   */
  private void text(byte[] bytes, int from, int to, boolean json) {
    int at = from;
    while (at < to) {
      byte kind = KINDS[bytes[at] & 0xff];
      if (kind == BETWEEN) {
        at++;
      } else if (kind != BACKSLASH) {
        at = run(bytes, at, to, json);
      } else if (!json) {
        at++;
      } else if (isEscaped(bytes, at, to)) {
        at = run(bytes, at, to, true);
      } else {
        at += 2;
      }
    }
  }

  /** True at an escape that stands for a character of a word, or may. */
  private static boolean isEscaped(byte[] bytes, int at, int to) {
    return at + 5 < to && bytes[at + 1] == 'u';
  }

  /** Tells what stands between two characters that are of no word; usually one word. */
  private int run(byte[] bytes, int from, int to, boolean json) {
    int end = from;
    boolean capital = false;
    byte kind = BETWEEN;
    for (; end < to; end++) {
      kind = KINDS[bytes[end] & 0xff];
      if (kind != SMALL && kind != CAPITAL) {
        break;
      }
      capital |= end > from && kind == CAPITAL;
    }
    if (end < to && (kind == BEYOND || json && kind == BACKSLASH && isEscaped(bytes, end, to))) {
      return decoded(bytes, from, end, to, json);
    }
    tell(bytes, from, end);
    if (capital && end - from <= Words.LONGEST && end - from > Words.SHORTEST_PART) {
      parts(bytes, from, end);
    }
    return end;
  }

  /** Such a run with characters beyond ASCII, which may hold several words. */
  private int decoded(byte[] bytes, int from, int begun, int to, boolean json) {
    int end = begun;
    boolean escaped = false;
    while (end < to) {
      byte kind = KINDS[bytes[end] & 0xff];
      if (kind == BETWEEN || kind == BACKSLASH && !(json && isEscaped(bytes, end, to))) {
        break;
      }
      escaped |= kind == BACKSLASH;
      end += kind == BACKSLASH ? 6 : 1;
    }
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    words.of(escaped ? unescaped(text) : text);
    while (words.next()) {
      tell(words.word());
      for (String part : words.parts()) {
        tell(part);
      }
    }
    return end;
  }

  /** As {@link Words#parts} does. */
  private void parts(byte[] bytes, int from, int end) {
    int begin = from;
    for (int at = from + 1; at <= end; at++) {
      boolean cut = at == end ? begin > from : isBoundary(bytes, at, end);
      if (cut) {
        if (at - begin >= Words.SHORTEST_PART) {
          tell(bytes, begin, at);
        }
        begin = at;
      }
    }
  }

  private static boolean isBoundary(byte[] bytes, int at, int end) {
    return isUpper(bytes[at])
        && (!isUpper(bytes[at - 1])
            || at + 1 < end && bytes[at + 1] >= 'a' && bytes[at + 1] <= 'z');
  }

  private static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  private void tell(byte[] bytes, int from, int end) {
    int length = Math.min(end - from, Words.LONGEST);
    int hash = SegmentBuilder.EMPTY_HASH;
    for (int i = 0; i < length; i++) {
      byte c = bytes[from + i];
      byte small = c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
      word[i] = small;
      hash = SegmentBuilder.hash(hash, small);
    }
    to.word(word, length, hash);
  }

  private void tell(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.word(bytes, bytes.length);
  }

  private static String unescaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c == '\\') {
        text.append((char) Integer.parseInt(json, at + 2, at + 6, 16));
        at += 5;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
