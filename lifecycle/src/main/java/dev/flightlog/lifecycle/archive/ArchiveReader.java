package dev.flightlog.lifecycle.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a compressed file, without their line feeds. For one thread. */
final class ArchiveReader implements AutoCloseable {
  private final Path file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  ArchiveReader(Path file) {
    this.file = file;
    try {
      InputStream raw = Files.newInputStream(file);
      try {
        in = new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16);
      } catch (IOException e) {
        raw.close();
        throw e;
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private ArchiveException damaged(IOException e) {
    return new ArchiveException(
        file
            + " is damaged or cut ("
            + e
            + "): put a copy of it in its place, or move it away; nothing was changed",
        e);
  }

  /** The next line; null behind the last. */
  byte @Nullable [] next() {
    line.reset();
    try {
      int c = in.read();
      if (c < 0) {
        return null;
      }
      for (; c >= 0 && c != '\n'; c = in.read()) {
        line.write(c);
      }
      return line.toByteArray();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
