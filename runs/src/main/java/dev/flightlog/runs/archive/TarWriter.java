package dev.flightlog.runs.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes a tar archive (POSIX.1-2001) in which nothing depends on the machine: no owner, one time,
 * two kinds of permissions. For one thread; blocks.
 */
final class TarWriter {
  static final int BLOCK = 512;
  private static final long USTAR_SIZE = 1L << 33;
  private static final byte[] ZEROS = new byte[BLOCK];

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds a file as it is now.
   *
   * @throws IOException also when the file becomes shorter or longer meanwhile
   */
  void add(String name, Path file, boolean executable) throws IOException {
    long size = Files.size(file);
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    boolean plain = utf8.length <= 100 && utf8.length == name.length() && size < USTAR_SIZE;
    if (!plain) {
      byte[] attributes =
          (attribute("path", name) + attribute("size", Long.toString(size)))
              .getBytes(StandardCharsets.UTF_8);
      header("PaxHeaders/entry", attributes.length, 'x', false);
      out.write(attributes);
      pad(attributes.length);
    }
    header(plain ? name : "long-name", size < USTAR_SIZE ? size : 0, '0', executable);
    long left = size;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      while (left > 0) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new IOException(file + " became shorter while it was archived");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
      if (in.read() >= 0) {
        throw new IOException(file + " became longer while it was archived");
      }
    }
    pad(size);
  }

  /** A line that tells its own length. */
  private static String attribute(String key, String value) {
    int rest = (" " + key + "=\n").length() + value.getBytes(StandardCharsets.UTF_8).length;
    int length = rest + Integer.toString(rest).length();
    if (rest + Integer.toString(length).length() != length) {
      length = rest + Integer.toString(length).length();
    }
    return length + " " + key + "=" + value + "\n";
  }

  private void header(String name, long size, char type, boolean executable) throws IOException {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, executable ? "0000755" : "0000644");
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    put(block, 124, String.format(Locale.ROOT, "%011o", size));
    put(block, 136, "00000000000");
    put(block, 148, "        ");
    block[156] = (byte) type;
    put(block, 257, "ustar");
    put(block, 263, "00");
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, 148, String.format(Locale.ROOT, "%06o", sum));
    block[154] = 0;
    block[155] = ' ';
    out.write(block);
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over > 0) {
      out.write(ZEROS, 0, BLOCK - over);
    }
  }

  /** Two empty blocks; the stream stays open. */
  void end() throws IOException {
    out.write(ZEROS);
    out.write(ZEROS);
  }
}
