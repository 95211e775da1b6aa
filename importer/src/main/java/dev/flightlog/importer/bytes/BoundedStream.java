package dev.flightlog.importer.bytes;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What comes out of a compressed file: never absurdly more than went in, and damage is told as an
 * {@link EOFException}, whatever the decompressor throws. Not thread-safe.
 */
public final class BoundedStream extends FilterInputStream {
  /** No text shrinks so much. */
  private static final long MOST_RATIO = 2000;

  private static final long ALWAYS = 64L << 20;

  private final long most;
  private long given;

  public BoundedStream(InputStream in, long size) {
    super(in);
    most = Math.max(ALWAYS, size * MOST_RATIO);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int read = read(one, 0, 1);
    return read < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read;
    try {
      read = super.read(bytes, from, length);
    } catch (RuntimeException damaged) {
      throw ended(String.valueOf(damaged.getMessage()), damaged);
    } catch (IOException damaged) {
      throw damaged instanceof EOFException
          ? damaged
          : ended(String.valueOf(damaged.getMessage()), damaged);
    }
    given += Math.max(0, read);
    if (given > most) {
      throw ended("it holds more than " + MOST_RATIO + " times its size", null);
    }
    return read;
  }

  private static EOFException ended(
      String why, @org.jspecify.annotations.Nullable Exception cause) {
    EOFException end = new EOFException(why);
    if (cause != null) {
      end.initCause(cause);
    }
    return end;
  }
}
