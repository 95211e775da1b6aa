package dev.flightlog.event.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

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

  /** Numbers, dates and versions come in one piece. */
  private static final String NUMERIC = "0123456789.-:";

  private static final int WITH_NUMERIC = 10;

  private final Map<Integer, Double> shares = new HashMap<>();

  /** Reads the list of the most common parts. */
  Commonness() {
    String parts = read();
    for (int i = parts.indexOf('\n') + 1; i + 3 <= parts.length(); i += 3) {
      int block = BlockTable.folded(parts.charAt(i), parts.charAt(i + 1), parts.charAt(i + 2));
      shares.put(block, 1.0 / (50 + i));
    }
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
    double single = share(first) * share(second) * share(third);
    single *= bond(first, second) * bond(second, third);
    return single + shares.getOrDefault(BlockTable.folded(first, second, third), 0.0);
  }

  private static int bond(int first, int second) {
    return NUMERIC.indexOf(first) >= 0 && NUMERIC.indexOf(second) >= 0 ? WITH_NUMERIC : 1;
  }

  private static double share(int character) {
    int index = CHARACTERS.indexOf(character | 0x20);
    return MOST_COMMON * Math.pow(NEXT_RARER, CHARACTERS.length() - 1 - index);
  }
}
