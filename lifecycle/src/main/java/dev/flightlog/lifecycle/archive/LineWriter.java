package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.files.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Writes lines compressed, and counts and hashes them. For one thread. */
final class LineWriter implements AutoCloseable {
  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private long lines;

  LineWriter(OutputStream file) throws IOException {
    out = new BufferedOutputStream(new GZIPOutputStream(file, 1 << 16), 1 << 16);
  }

  /** Adds a line, which has no line feed. */
  void add(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
    digest.update(line);
    digest.update((byte) '\n');
    lines++;
  }

  long lines() {
    return lines;
  }

  /** Ends the file; answers the hash of what is in it. */
  String finish() throws IOException {
    out.close();
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
