package dev.flightlog.event.redaction;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds every anchor of every rule in one pass. Looks at three bytes, case folded, at every second
 * position: a bit set of 64 Ki hashes says whether any anchor has these bytes at its start or one
 * further, so clean text costs one table look-up for two bytes. Only where the bit is set are the
 * anchors of that hash compared.
 */
final class Anchors {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FOLD = 0x20202020;
  private static final int THREE = 0xffffff;
  private static final int BITS = 16;
  private static final int SPREAD = 0x9E3779B1;

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
   * @param spelled at least three ASCII characters; a leading {@code =} keeps their case
   */
  void add(String spelled, Detector detector) {
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
    for (Anchor known : anchors) {
      if (known.exact == exact && Arrays.equals(known.text, text)) {
        known.detectors = Arrays.copyOf(known.detectors, known.detectors.length + 1);
        known.detectors[known.detectors.length - 1] = detector;
        return;
      }
    }
    anchors.add(new Anchor(text, exact, detector));
    enter(block(text[0], text[1], text[2]), anchors.size() - 1, 0);
    if (text.length > 3) {
      enter(block(text[1], text[2], text[3]), anchors.size() - 1, 1);
      return;
    }
    for (int any = 0; any < 256; any++) {
      if ((any & 0x20) != 0) {
        enter(block(text[1], text[2], any), anchors.size() - 1, 1);
      }
    }
  }

  private static int block(int first, int second, int third) {
    return ((first & 0xff) | (second & 0xff) << 8 | (third & 0xff) << 16 | FOLD) & THREE;
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
    long[] bits = filter;
    int last = to - 4;
    int i = from;
    for (; i <= last; i += 2) {
      int block = ((int) INT.get(bytes, i) | FOLD) & THREE;
      int hash = block * SPREAD >>> (32 - BITS);
      if ((bits[hash >>> 6] & 1L << hash) != 0) {
        compare(bytes, from, to, i, block, buffer);
      }
    }
    if (i + 3 <= to) {
      int block = block(bytes[i], bytes[i + 1], bytes[i + 2]);
      compare(bytes, from, to, i, block, buffer);
    }
  }

  private void compare(byte[] bytes, int from, int to, int i, int block, RedactionBuffer buffer) {
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
