package dev.flightlog.formats.reading;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a reader knows of the file it reads.
 *
 * @param name the file as it is told in {@code source}, redacted
 * @param fingerprint what stays the same when the file is renamed, copied or gzipped: a hash of its
 *     first line
 * @param fallbackTime microseconds since 1970: the time of a line that has none, and none before
 * @param clock microseconds since 1970, for a stream that is being written; null for a file
 */
public record FileContext(
    String name, String fingerprint, long fallbackTime, @Nullable LongSupplier clock) {
  /** How much of a first line makes the fingerprint, in bytes. */
  private static final int HEAD = 64 << 10;

  /** A file that lies there: what it holds has happened before. */
  public FileContext(String name, String fingerprint, long fallbackTime) {
    this(name, fingerprint, fallbackTime, null);
  }

  /** The fingerprint of a file or stream that begins with this line. */
  public static String fingerprint(byte[] bytes, int from, int to) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, from, Math.min(to - from, HEAD));
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  /**
   * When a record without a time happened, which is now while a stream is being written; {@link
   * Timestamps#NONE} where that cannot be told.
   */
  public long now() {
    return clock == null ? Timestamps.NONE : clock.getAsLong();
  }

  /**
   * The id of an event that carries no key of its own: the file, the place in it, and the line
   * itself, because two files may begin alike.
   */
  public String keylessId(long offset, byte[] line, int from, int to) {
    MessageDigest digest = Sha256.digest();
    digest.update(line, from, to - from);
    return EventIds.ofKey(
        "line:" + fingerprint + ":" + offset + ":" + HexFormat.of().formatHex(digest.digest()));
  }

  /** The id of a further event from the same line. */
  public String keylessPart(String id, int place) {
    return EventIds.ofKey("part:" + id + ":" + place);
  }

  /** Appends where a text can be read again. */
  public void source(JsonWriter out, long offset, int length) {
    openSource(out, offset, length);
    out.endObject();
  }

  /** Appends where a call can be read again, and its result, which stands on another line. */
  public void source(JsonWriter out, long offset, int length, long resultOffset, int resultLength) {
    openSource(out, offset, length);
    out.key("result_offset").number(resultOffset).key("result_length").number(resultLength);
    out.endObject();
  }

  private void openSource(JsonWriter out, long offset, int length) {
    out.beginObject().key("file").string(name);
    out.key("offset").number(offset).key("length").number(length);
  }
}
