package dev.flightlog.event.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How common three neighbouring characters are in logs, source code, documents and transcripts,
 * whatever their case. Anchors are looked for by those of their parts that are least common. Used
 * while the tables are built.
 */
final class Commonness {
  private static final String RESOURCE = "common.txt";

  /** Single characters, the most common last; all others are rarer than these. */
  private static final String CHARACTERS =
      "&'<>`z+qj=;x798534}{/6b-v)(ykwfh21|g*.mp,u:0dcl\u007fraions\"te ";

  private static final double MOST_COMMON = 0.075;
  private static final double NEXT_RARER = 0.94;

  private static final int WITH_NUMERIC = 10;

  private final float[] single = new float[128];

  /** By five bits of each of three characters, which tell letters apart. */
  private final float[] shares = new float[1 << 15];

  /** Reads the list of the most common parts. */
  Commonness() {
    double share = MOST_COMMON;
    for (int i = CHARACTERS.length() - 1; i >= 0; i--) {
      single[CHARACTERS.charAt(i)] = (float) share;
      share *= NEXT_RARER;
    }
    for (int c = ' '; c < single.length; c++) {
      single[c] = single[c] == 0 ? (float) share : single[c];
    }
    String parts = read();
    for (int i = parts.indexOf('\n') + 1; i + 3 <= parts.length(); i += 3) {
      int at = index(parts.charAt(i), parts.charAt(i + 1), parts.charAt(i + 2));
      shares[at] += 1f / (50 + i);
    }
  }

  private static int index(int first, int second, int third) {
    return first & 31 | (second & 31) << 5 | (third & 31) << 10;
  }

  private static String read() {
    try (InputStream in = Commonness.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar of flightlog-event lacks " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " from the classpath", e);
    }
  }

  /** The share of all places of a text, as estimated. */
  double of(int first, int second, int third) {
    double each = (double) share(first) * share(second) * share(third);
    return each * bond(first, second) * bond(second, third) + shares[index(first, second, third)];
  }

  private static int bond(int first, int second) {
    return isNumeric(first) && isNumeric(second) ? WITH_NUMERIC : 1;
  }

  /** Numbers, dates and versions come in one piece. */
  private static boolean isNumeric(int c) {
    return c >= '-' && c <= ':' && c != '/';
  }

  private float share(int character) {
    return single[(character | 0x20) & 127];
  }
}
