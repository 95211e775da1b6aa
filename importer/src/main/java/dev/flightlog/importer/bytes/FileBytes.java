package dev.flightlog.importer.bytes;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file as UTF-8, decompressed, and how a place in them is found again. What a file
 * is, its first bytes tell: gzip, Zstandard, UTF-16 with a byte order mark. Stateless.
 */
public final class FileBytes {
  private static final int BUFFER = 64 << 10;
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private FileBytes() {}

  /** Opens a file; its content is decompressed and recoded as it is read. */
  public static InputStream open(Path file) throws IOException {
    byte[] magic = magic(file);
    InputStream plain = new FileInputStream(file.toFile());
    try {
      InputStream content = plain;
      if (isGzip(magic)) {
        content = new GZIPInputStream(new BufferedInputStream(plain, BUFFER), BUFFER);
      } else if (isZstd(magic)) {
        content = new ZstdInputStream(new BufferedInputStream(plain, BUFFER));
      } else {
        Charset charset = utf16(magic);
        return charset == null ? plain : new RecodedStream(plain, charset);
      }
      return new BoundedStream(content, Files.size(file));
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static byte[] magic(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SQLITE.length);
    }
  }

  private static boolean isGzip(byte[] magic) {
    return magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
  }

  private static boolean isZstd(byte[] magic) {
    return magic.length >= 4
        && magic[0] == 0x28
        && magic[1] == (byte) 0xb5
        && magic[2] == 0x2f
        && magic[3] == (byte) 0xfd;
  }

  private static @Nullable Charset utf16(byte[] magic) {
    if (magic.length < 2) {
      return null;
    }
    return magic[0] == (byte) 0xff && magic[1] == (byte) 0xfe
        ? StandardCharsets.UTF_16LE
        : magic[0] == (byte) 0xfe && magic[1] == (byte) 0xff ? StandardCharsets.UTF_16BE : null;
  }

  public static boolean isCompressed(Path file) throws IOException {
    byte[] magic = magic(file);
    return isGzip(magic) || isZstd(magic);
  }

  /** True when a place in what is read is not the same place in the file. */
  private static boolean isChanged(Path file) throws IOException {
    byte[] magic = magic(file);
    return isGzip(magic) || isZstd(magic) || utf16(magic) != null;
  }

  /** True when the file begins as every database of SQLite 3 does. */
  public static boolean isSqlite(Path file) throws IOException {
    return Arrays.equals(magic(file), SQLITE);
  }

  /** The first byte that is no white space, or -1. */
  public static int firstByte(Path file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] head = in.readNBytes(64);
      int start = Recognition.start(head, 0, head.length);
      return start < head.length ? head[start] : -1;
    }
  }

  /**
   * True when the file is still the one that was read: it begins with the same first line, and the
   * same bytes stand before the position. A compressed or recoded file that has changed is read
   * anew.
   */
  public static boolean continues(Path file, FileMark mark) throws IOException {
    if (Files.size(file) < mark.position() || isChanged(file)) {
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
  public static byte[] skipTo(InputStream in, long position, int tailLength) throws IOException {
    in.skipNBytes(Math.max(0, position - tailLength));
    return in.readNBytes((int) Math.min(tailLength, position));
  }
}
