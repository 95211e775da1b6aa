package dev.flightlog.importer.bytes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of another encoding as UTF-8, without its byte order mark. Not thread-safe. */
public final class RecodedStream extends InputStream {
  private static final int CHARS = 8192;

  private final BufferedReader reader;
  private final char[] chars = new char[CHARS + 1];
  private byte[] bytes = new byte[0];
  private int at;
  private int kept;
  private boolean begun;

  public RecodedStream(InputStream in, Charset charset) {
    reader = new BufferedReader(new InputStreamReader(in, charset));
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int given = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, into, from, given);
    at += given;
    return given;
  }

  /** The first half of a pair of surrogates waits for the other. */
  private boolean fill() throws IOException {
    while (at == bytes.length) {
      int read = reader.read(chars, kept, CHARS - kept);
      if (read < 0 && kept == 0) {
        return false;
      }
      int end = kept + Math.max(0, read);
      boolean half = read >= 0 && Character.isHighSurrogate(chars[end - 1]);
      int whole = half ? end - 1 : end;
      int start = !begun && whole > 0 && chars[0] == '\ufeff' ? 1 : 0;
      begun |= whole > 0;
      bytes = new String(chars, start, whole - start).getBytes(StandardCharsets.UTF_8);
      at = 0;
      kept = half ? 1 : 0;
      if (half) {
        chars[0] = chars[end - 1];
      }
      if (read < 0 && bytes.length == 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
