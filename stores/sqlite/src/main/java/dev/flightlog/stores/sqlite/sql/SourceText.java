package dev.flightlog.stores.sqlite.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where an event was read, as rows keep it. The usual forms, in JSON, are the same for all events
 * of a file but for two or four numbers. When /a/b.jsonl has the number 17:
 *
 * <pre>
 *   {"file":"/a/b.jsonl","offset":353,"length":516}                                      17@353+516
 *   {"file":"/a/b.jsonl","offset":3,"length":5,"result_offset":9,"result_length":7}      17@3+5^9=7
 * </pre>
 *
 * <p>Anything else is kept as it is. Holds what it read last; for one thread.
 */
final class SourceText {
  /** The whole text as SQL, of the column {@code source}. */
  static final String SQL =
      "CASE WHEN source NOT GLOB '[0-9]*@*' THEN source ELSE '{\"file\":\"'"
          + " || (SELECT name FROM main.names WHERE id = CAST(source AS INTEGER)) || '\"'"
          + " || replace(replace(replace(replace(substr(source, instr(source, '@')),"
          + " '@', ',\"offset\":'), '+', ',\"length\":'), '^', ',\"result_offset\":'),"
          + " '=', ',\"result_length\":') || '}' END";

  private static final byte[] BEGIN = bytes("{\"file\":\"");

  /** What stands before each number. */
  private static final byte[][] LABELS = {
    bytes("\",\"offset\":"),
    bytes(",\"length\":"),
    bytes(",\"result_offset\":"),
    bytes(",\"result_length\":")
  };

  private static final byte[] SIGNS = bytes("@+^=");

  private byte[] text = new byte[0];
  private int fileFrom;
  private int fileTo;

  /** The places of the numbers that there are, from the first on: 2 or 4. */
  private int numbers;

  private final int[] from = new int[LABELS.length];
  private final int[] to = new int[LABELS.length];

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a text; false when it is not of a usual form. */
  boolean read(byte[] utf8, int begin, int end) {
    text = utf8;
    fileFrom = begin + BEGIN.length;
    if (end <= fileFrom || utf8[end - 1] != '}' || !matches(BEGIN, begin)) {
      return false;
    }
    return read(4, end - 1) || read(2, end - 1);
  }

  private boolean read(int count, int end) {
    int at = end;
    for (int i = count - 1; i >= 0; i--) {
      to[i] = at;
      while (at > fileFrom && text[at - 1] >= '0' && text[at - 1] <= '9') {
        at--;
      }
      from[i] = at;
      at -= LABELS[i].length;
      if (from[i] == to[i] || at < fileFrom || !matches(LABELS[i], at)) {
        return false;
      }
    }
    numbers = count;
    fileTo = at;
    return true;
  }

  private boolean matches(byte[] part, int at) {
    for (int i = 0; i < part.length; i++) {
      if (text[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the file's name begins, as it stands in JSON. */
  int fileFrom() {
    return fileFrom;
  }

  int fileLength() {
    return fileTo - fileFrom;
  }

  /** How long the short form is. */
  int shortLength(int file) {
    int length = digits(file);
    for (int i = 0; i < numbers; i++) {
      length += 1 + to[i] - from[i];
    }
    return length;
  }

  /** Writes the short form; answers the place behind it. */
  int write(int file, byte[] out, int at) {
    int rest = file;
    for (int i = at + digits(file) - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int next = at + digits(file);
    for (int i = 0; i < numbers; i++) {
      out[next++] = SIGNS[i];
      System.arraycopy(text, from[i], out, next, to[i] - from[i]);
      next += to[i] - from[i];
    }
    return next;
  }

  private static int digits(int number) {
    int digits = 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  /** The number of the file in a short form; 0 when it is none. */
  static int file(String kept) {
    int number = 0;
    for (int i = 0; i < kept.length() && i < 10; i++) {
      char c = kept.charAt(i);
      if (c == '@') {
        return number;
      }
      if (c < '0' || c > '9') {
        return 0;
      }
      number = number * 10 + c - '0';
    }
    return 0;
  }

  /** The whole text of a short form. */
  static String whole(String kept, @Nullable String file) {
    return "{\"file\":\""
        + file
        + '"'
        + kept.substring(kept.indexOf('@'))
            .replace("@", ",\"offset\":")
            .replace("+", ",\"length\":")
            .replace("^", ",\"result_offset\":")
            .replace("=", ",\"result_length\":")
        + '}';
  }
}
