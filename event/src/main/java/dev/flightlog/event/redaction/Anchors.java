package dev.flightlog.event.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds every anchor of every rule in one pass. Looks at three bytes, case folded, at every second
 * position: a bit set of 64 Ki hashes says whether any anchor has these bytes at its start or one
 * further, so clean text costs one table look-up for two bytes. Only where the bit is set are the
 * anchors of that hash compared.
 */
final class Anchors {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FOLD = 0x2020202020202020L;
  private static final int THREE = 0xffffff;
  private static final int BITS = 16;

  /** Odd, and chosen so that common parts of log lines and anchors share few hashes. */
  private static final int SPREAD = 0xACC66A57;

  /** Common characters of log lines, the most common last; everything else is rare. */
  private static final String BY_RARITY = "xkvbwygpfmhud-\u007fc:l/snroai\"te";

  /** What may follow an anchor of three characters. */
  private static final String AFTER_SHORT = "abcdefghijklmnopqrstuvwxyz0123456789_-:%$=";

  private final long[] filter = new long[1 << (BITS - 6)];
  private final short[] heads = new short[1 << (BITS - 4)];
  private short[] nexts = new short[2048];
  private int[] hashes = new int[2048];
  private short[] entryAnchors = new short[2048];
  private byte[] entryOffsets = new byte[2048];
  private int entries = 1;

  private final List<Anchor> anchors = new ArrayList<>();

  /** One text to look for and those who want to know of it. */
  private static final class Anchor {
    final byte[] text;
    final boolean exact;
    Detector[] detectors;

    Anchor(byte[] text, boolean exact, Detector detector) {
      this.text = text;
      this.exact = exact;
      this.detectors = new Detector[] {detector};
    }

    boolean isAt(byte[] bytes, int at) {
      for (int i = 0; i < text.length; i++) {
        int b = bytes[at + i];
        if (exact ? b != text[i] : (b | 0x20) != text[i]) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Adds an anchor while the table is built.
   *
   * @param given at least three ASCII characters; a leading {@code =} keeps their case; behind a
   *     caret stand the characters of which one follows
   */
  void add(String given, Detector detector) {
    int caret = given.indexOf('^');
    String spelled = caret < 0 ? given : given.substring(0, caret);
    String after = caret < 0 ? AFTER_SHORT : given.substring(caret + 1);
    boolean exact = spelled.length() > 3 && spelled.charAt(0) == '=';
    String plain = exact ? spelled.substring(1) : spelled.toLowerCase(Locale.ROOT);
    byte[] text = plain.getBytes(StandardCharsets.US_ASCII);
    if (text.length < 3) {
      throw new IllegalArgumentException("an anchor needs three characters: " + spelled);
    }
    if (!exact) {
      for (int i = 0; i < text.length; i++) {
        text[i] |= 0x20;
      }
    }
    int rare = text.length > 3 ? rarest(text) : 0;
    Anchor known = known(block(text[rare], text[rare + 1], text[rare + 2]), text, exact);
    if (known != null) {
      known.detectors = Arrays.copyOf(known.detectors, known.detectors.length + 1);
      known.detectors[known.detectors.length - 1] = detector;
      return;
    }
    anchors.add(new Anchor(text, exact, detector));
    int number = anchors.size() - 1;
    if (text.length > 3) {
      enter(block(text[rare], text[rare + 1], text[rare + 2]), number, rare);
      enter(block(text[rare + 1], text[rare + 2], text[rare + 3]), number, rare + 1);
      return;
    }
    enter(block(text[0], text[1], text[2]), number, 0);
    for (int i = 0; i < after.length(); i++) {
      enter(block(text[1], text[2], after.charAt(i)), number, 1);
    }
  }

  /** Where in an anchor the four bytes stand that are least common in logs. */
  private static int rarest(byte[] text) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int start = 0; start + 4 <= text.length; start++) {
      int sum = 0;
      for (int i = start; i < start + 4; i++) {
        sum += Math.max(0, BY_RARITY.indexOf(text[i] | 0x20));
      }
      if (sum < least) {
        least = sum;
        best = start;
      }
    }
    return best;
  }

  private @Nullable Anchor known(int block, byte[] text, boolean exact) {
    for (int e = heads[hash(block) >>> 4]; e != 0; e = nexts[e]) {
      Anchor anchor = anchors.get(entryAnchors[e]);
      if (hashes[e] == block && anchor.exact == exact && Arrays.equals(anchor.text, text)) {
        return anchor;
      }
    }
    return null;
  }

  private static int block(int first, int second, int third) {
    return ((first & 0xff) | (second & 0xff) << 8 | (third & 0xff) << 16 | (int) FOLD) & THREE;
  }

  private static int hash(int block) {
    return block * SPREAD >>> (32 - BITS);
  }

  private void enter(int block, int anchor, int offset) {
    if (entries == nexts.length) {
      nexts = Arrays.copyOf(nexts, entries * 2);
      hashes = Arrays.copyOf(hashes, entries * 2);
      entryAnchors = Arrays.copyOf(entryAnchors, entries * 2);
      entryOffsets = Arrays.copyOf(entryOffsets, entries * 2);
    }
    int hash = hash(block);
    filter[hash >>> 6] |= 1L << hash;
    hashes[entries] = block;
    entryAnchors[entries] = (short) anchor;
    entryOffsets[entries] = (byte) offset;
    nexts[entries] = heads[hash >>> 4];
    heads[hash >>> 4] = (short) entries;
    entries++;
  }

  /** Passes over the text and lets the detectors inspect plausible places. */
  void scan(byte[] bytes, int from, int to, RedactionBuffer buffer) {
    int i = from;
    for (int last = to - 8; i <= last; i += 6) {
      long eight = (long) LONG.get(bytes, i) | FOLD;
      int first = (int) eight & THREE;
      int second = (int) (eight >>> 16) & THREE;
      int third = (int) (eight >>> 32) & THREE;
      if (((mayStart(first) | mayStart(second) | mayStart(third)) & 1) != 0) {
        compare(bytes, from, to, i, first, buffer);
        compare(bytes, from, to, i + 2, second, buffer);
        compare(bytes, from, to, i + 4, third, buffer);
      }
    }
    for (; i + 3 <= to; i += 2) {
      compare(bytes, from, to, i, block(bytes[i], bytes[i + 1], bytes[i + 2]), buffer);
    }
  }

  /** The lowest bit says whether an anchor may have these bytes; the others mean nothing. */
  private long mayStart(int block) {
    int hash = block * SPREAD >>> (32 - BITS);
    return filter[hash >>> 6] >>> hash;
  }

  private void compare(byte[] bytes, int from, int to, int i, int block, RedactionBuffer buffer) {
    if ((mayStart(block) & 1) == 0) {
      return;
    }
    int hash = hash(block);
    for (int e = heads[hash >>> 4]; e != 0; e = nexts[e]) {
      if (hashes[e] != block) {
        continue;
      }
      int at = i - entryOffsets[e];
      Anchor anchor = anchors.get(entryAnchors[e]);
      int end = at + anchor.text.length;
      if (at < from || end > to || !anchor.isAt(bytes, at)) {
        continue;
      }
      for (Detector detector : anchor.detectors) {
        if (detector.plausible(bytes, from, to, at, end)) {
          buffer.scan(bytes, from, to).inspect(detector, at, end);
        }
      }
    }
  }
}
