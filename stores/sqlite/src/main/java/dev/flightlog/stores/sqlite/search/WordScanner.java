package dev.flightlog.stores.sqlite.search;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.store.search.Words;
import java.nio.charset.StandardCharsets;

/**
 * Finds the words of rows in their bytes: those that {@link Words} tells of the texts that {@link
 * EventTexts} visits. Texts of ASCII, nearly all, are looked at byte by byte; the others become
 * strings and go through {@link Words}. Not safe for several threads.
 */
final class WordScanner {
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
        text(batch.bytes(), from, from + batch.length(row, field));
      }
    }
    if (batch.has(row, Field.DETAILS)) {
      int from = batch.offset(row, Field.DETAILS);
      json(batch.bytes(), from, from + batch.length(row, Field.DETAILS));
    }
  }

  private void text(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] < 0) {
        decoded(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        return;
      }
    }
    ascii(bytes, from, to, false);
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
      boolean plain = true;
      for (at = begin; at < to && bytes[at] != '"'; at++) {
        if (bytes[at] == '\\') {
          at++;
          plain &= at < to && bytes[at] != 'u';
        } else if (bytes[at] < 0) {
          plain = false;
        }
      }
      int end = Math.min(at, to);
      at = end + 1;
      while (at < to && bytes[at] <= ' ' && bytes[at] >= 0) {
        at++;
      }
      if (at < to && bytes[at] == ':') {
        at++;
      } else if (plain) {
        ascii(bytes, begin, end, true);
      } else {
        decoded(unescaped(new String(bytes, begin, end - begin, StandardCharsets.UTF_8)));
      }
    }
  }

  private void ascii(byte[] bytes, int from, int to, boolean escaped) {
    int at = from;
    while (at < to) {
      byte c = bytes[at];
      if (c == '\\' && escaped) {
        at += 2;
      } else if (isOfWord(c)) {
        at = run(bytes, at, to);
      } else {
        at++;
      }
    }
  }

  private int run(byte[] bytes, int from, int to) {
    int end = from;
    boolean capital = false;
    while (end < to && isOfWord(bytes[end])) {
      capital |= end > from && isUpper(bytes[end]);
      end++;
    }
    tell(bytes, from, end);
    if (capital && end - from <= Words.LONGEST && end - from > Words.SHORTEST_PART) {
      parts(bytes, from, end);
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

  private static boolean isOfWord(byte c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private void tell(byte[] bytes, int from, int end) {
    int length = Math.min(end - from, Words.LONGEST);
    for (int i = 0; i < length; i++) {
      byte c = bytes[from + i];
      word[i] = isUpper(c) ? (byte) (c + 32) : c;
    }
    to.word(word, length);
  }

  private void decoded(String text) {
    words.of(text);
    while (words.next()) {
      tell(words.word());
      words.parts().forEach(this::tell);
    }
  }

  private void tell(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    to.word(bytes, bytes.length);
  }

  private static String unescaped(String json) {
    if (json.indexOf('\\') < 0) {
      return json;
    }
    StringBuilder text = new StringBuilder(json.length());
    for (int at = 0; at < json.length(); at++) {
      char c = json.charAt(at);
      if (c == '\\' && at + 1 < json.length()) {
        at++;
        if (json.charAt(at) == 'u' && at + 4 < json.length()) {
          text.append((char) Integer.parseInt(json, at + 1, at + 5, 16));
          at += 4;
        } else {
          text.append(' ');
        }
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
