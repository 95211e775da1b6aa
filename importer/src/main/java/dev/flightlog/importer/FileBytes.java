package dev.flightlog.importer;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The decompressed bytes of a file, and how a place in them is found again. Stateless. */
final class FileBytes {
  private static final int BUFFER = 64 << 10;

  private FileBytes() {}

  /** Opens a file; gzip, told by its first two bytes, is decompressed, all its members. */
  static InputStream open(Path file) throws IOException {
    InputStream plain = new FileInputStream(file.toFile());
    try {
      if (!isGzip(file)) {
        return plain;
      }
      return new GZIPInputStream(new BufferedInputStream(plain, BUFFER), BUFFER);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  static boolean isGzip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  /** True when the file begins as every database of SQLite 3 does. */
  static boolean isSqlite(Path file) throws IOException {
    byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(magic.length), magic);
    }
  }

  /** The first byte that is no white space, or -1. */
  static int firstByte(Path file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] head = in.readNBytes(64);
      int start = Sniffer.start(head, 0, head.length);
      return start < head.length ? head[start] : -1;
    }
  }

  /**
   * True when the file is still the one that was read: it begins with the same first line, and the
   * same bytes stand before the position. A compressed file that has changed is read anew.
   */
  static boolean continues(Path file, FileMark mark) throws IOException {
    if (Files.size(file) < mark.position() || isGzip(file)) {
      return false;
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] first = in.readNBytes(mark.firstLength());
      if (!FileMark.hash(first, 0, first.length).equals(mark.fingerprint())) {
        return false;
      }
    }
    try (InputStream in = new FileInputStream(file.toFile())) {
      byte[] tail = skipTo(in, mark.position(), mark.tailLength());
      return FileMark.hash(tail, 0, tail.length).equals(mark.tail());
    }
  }

  /** Goes to a position and answers the last bytes before it. */
  static byte[] skipTo(InputStream in, long position, int tailLength) throws IOException {
    in.skipNBytes(Math.max(0, position - tailLength));
    return in.readNBytes((int) Math.min(tailLength, position));
  }
}
