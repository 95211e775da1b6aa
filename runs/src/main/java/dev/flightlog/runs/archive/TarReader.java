package dev.flightlog.runs.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive entry by entry, trusting nothing in it. For one thread; blocks.
 *
 * <p>Knows the forms of POSIX.1-1988 and 2001, and the long names of GNU tar.
 */
final class TarReader {
  private static final int LONGEST_HEADER = 1 << 20;

  private final InputStream in;
  private final byte[] block = new byte[TarWriter.BLOCK];
  private long left;
  private long padding;

  TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * One entry.
   *
   * @param type as the archive has it: {@code 0} a file, {@code 5} a folder, others are no plain
   *     files
   */
  record Item(String name, char type, long size, boolean executable) {}

  /**
   * The next entry, whose bytes then can be read, or null at the end.
   *
   * @throws IOException when the archive is cut or no archive
   */
  @Nullable Item next() throws IOException {
    skip(left + padding);
    Map<String, String> attributes = new HashMap<>();
    while (true) {
      fill(block);
      if (isEmpty()) {
        left = 0;
        padding = 0;
        return null;
      }
      checkSum();
      char type = block[156] == 0 ? '0' : (char) (block[156] & 0xff);
      long size = number(124, 12);
      if (type == 'x' || type == 'g' || type == 'L') {
        byte[] text = header(size);
        if (type == 'x') {
          attributes.putAll(attributes(text));
        } else if (type == 'L') {
          attributes.put("path", utf8(text, 0, end(text, 0, text.length)));
        }
        continue;
      }
      String name = attributes.getOrDefault("path", name());
      long told = size(attributes, size);
      left = type == '0' ? told : 0;
      padding = (TarWriter.BLOCK - left % TarWriter.BLOCK) % TarWriter.BLOCK;
      return new Item(name, type, left, (number(100, 8) & 0100) != 0);
    }
  }

  private static long size(Map<String, String> attributes, long otherwise) throws IOException {
    String told = attributes.get("size");
    if (told == null) {
      return otherwise;
    }
    try {
      long size = Long.parseLong(told);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IOException("an entry has a size that is no number");
  }

  /** Bytes of the current entry, or -1 at its end. */
  int read(byte[] buffer) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
    if (count < 0) {
      throw new EOFException("the archive is cut");
    }
    left -= count;
    return count;
  }

  private byte[] header(long size) throws IOException {
    if (size > LONGEST_HEADER) {
      throw new IOException("an entry has a name or attributes of " + size + " bytes");
    }
    byte[] text = new byte[(int) size];
    fill(text);
    skip((TarWriter.BLOCK - size % TarWriter.BLOCK) % TarWriter.BLOCK);
    return text;
  }

  private static Map<String, String> attributes(byte[] text) throws IOException {
    Map<String, String> attributes = new HashMap<>();
    int at = 0;
    while (at < text.length) {
      int space = at;
      while (space < text.length && text[space] != ' ') {
        space++;
      }
      int length;
      try {
        length = Integer.parseInt(new String(text, at, space - at, StandardCharsets.US_ASCII));
      } catch (NumberFormatException e) {
        throw new IOException("an entry has attributes that cannot be read", e);
      }
      int equals = space + 1;
      while (equals < text.length && text[equals] != '=') {
        equals++;
      }
      int end = at + length;
      if (length <= 0 || end > text.length || end <= equals) {
        throw new IOException("an entry has attributes that cannot be read");
      }
      attributes.put(utf8(text, space + 1, equals), utf8(text, equals + 1, end - 1));
      at = end;
    }
    return attributes;
  }

  private String name() throws IOException {
    String name = utf8(block, 0, end(block, 0, 100));
    boolean ustar = block[257] == 'u' && block[258] == 's' && block[259] == 't';
    String prefix = ustar && block[262] == 0 ? utf8(block, 345, end(block, 345, 500)) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static int end(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && bytes[end] != 0) {
      end++;
    }
    return end;
  }

  private static String utf8(byte[] bytes, int from, int to) throws IOException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IOException("an entry has a name that is not UTF-8", e);
    }
  }

  private long number(int at, int length) throws IOException {
    long value = 0;
    boolean any = false;
    for (int i = at; i < at + length; i++) {
      byte each = block[i];
      if (each >= '0' && each <= '7') {
        value = value * 8 + (each - '0');
        any = true;
      } else if (each == 0 || (each == ' ' && any)) {
        break;
      } else if (each != ' ') {
        throw new IOException(
            "a header has a number that is none: it is no tar archive, or damaged");
      }
    }
    return value;
  }

  private void checkSum() throws IOException {
    long told = number(148, 8);
    long sum = 0;
    for (int i = 0; i < block.length; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    if (sum != told) {
      throw new IOException("a header has a wrong check sum: it is no tar archive, or damaged");
    }
  }

  private boolean isEmpty() {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private void fill(byte[] target) throws IOException {
    if (in.readNBytes(target, 0, target.length) < target.length) {
      throw new EOFException("the archive is cut");
    }
  }

  private void skip(long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw new EOFException("the archive is cut");
    }
  }
}
