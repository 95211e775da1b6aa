package dev.flightlog.formats.reading;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonWriter;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What a reader knows of the file it reads.
 *
 * @param name the file as it is told in {@code source}, redacted
 * @param fingerprint what stays the same when the file is renamed, copied or gzipped: a hash of its
 *     first line
 * @param fallbackTime microseconds since 1970: the time of a line that has none, and none before
 */
public record FileContext(String name, String fingerprint, long fallbackTime) {

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
