package dev.flightlog.wording.tokens;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The ranks of all tokens of {@code o200k_base}, used as it lies in its resource: reading it is one
 * copy, nothing is parsed or built. {@link VocabularyWriter} makes the resource during the build.
 *
 * <p>It is a hash table. Numbers are big-endian.
 *
 * <pre>{@code
 * size     4 bytes                 of all that follows
 * offsets  3 bytes * (BUCKETS + 1) where each bucket begins in what follows the size; the last: its end
 * buckets  per token: 1 byte       length
 *                     3 bytes      rank
 *                     length bytes the token
 * }</pre>
 *
 * <p>Immutable, safe for use by several threads.
 */
final class Vocabulary {
  /** From the root of the jar. */
  static final String RESOURCE = "dev/flightlog/wording/tokens/o200k_base.table";

  static final int BUCKET_BITS = 17;
  static final int BUCKETS = 1 << BUCKET_BITS;
  static final int NONE = -1;

  /** No token is longer; its length is one byte. */
  static final int LENGTH_LIMIT = 255;

  private final byte[] table;

  private Vocabulary(byte[] table) {
    this.table = table;
  }

  static Vocabulary read() {
    try {
      URL home = home();
      if (home == null || !home.getProtocol().equals("file") || !home.getPath().endsWith(".jar")) {
        return read(Vocabulary.class.getResourceAsStream("/" + RESOURCE));
      }
      // A class loader would open our jar once more through its URL: 12 ms that a start can miss.
      try (ZipFile jar = new ZipFile(Path.of(home.toURI()).toFile())) {
        ZipEntry entry = jar.getEntry(RESOURCE);
        return read(entry == null ? null : jar.getInputStream(entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot read " + RESOURCE, e);
    }
  }

  private static @Nullable URL home() {
    CodeSource source = Vocabulary.class.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }

  private static Vocabulary read(@Nullable InputStream resource) throws IOException {
    if (resource == null) {
      throw new IllegalStateException(
          RESOURCE + " is missing; Maven makes it, a compiler alone does not");
    }
    try (resource) {
      int size = number(resource.readNBytes(4), 0, 4);
      byte[] table = new byte[size];
      int read = resource.readNBytes(table, 0, size);
      if (read < size) {
        throw new IllegalStateException(
            RESOURCE + " is cut short: " + read + " of " + size + " bytes");
      }
      return new Vocabulary(table);
    }
  }

  /** The rank of the token made of these bytes of the text, or NONE; never negative otherwise. */
  int rank(byte[] text, int from, int to) {
    int length = to - from;
    if (length > LENGTH_LIMIT) {
      return NONE;
    }
    int offset = 3 * bucket(text, from, to);
    int end = number(table, offset + 3, 3);
    int at = number(table, offset, 3);
    while (at < end) {
      int size = table[at] & 0xFF;
      if (size == length && same(at + 4, text, from, to)) {
        return number(table, at + 1, 3);
      }
      at += 4 + size;
    }
    return NONE;
  }

  private boolean same(int at, byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (table[at + i - from] != text[i]) {
        return false;
      }
    }
    return true;
  }

  static int bucket(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = (hash ^ bytes[i]) * 0x01000193;
    }
    hash ^= hash >>> 15;
    return (hash * 0x9E3779B1) >>> (32 - BUCKET_BITS);
  }

  private static int number(byte[] bytes, int at, int width) {
    int number = 0;
    for (int i = at; i < at + width; i++) {
      number = number << 8 | (bytes[i] & 0xFF);
    }
    return number;
  }
}
