package dev.flightlog.forwarding;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of a journal: one event, redacted when it was written.
 *
 * @param json as it stands in the journal, without its end
 * @param event its members
 */
public record JournalLine(String json, Map<?, ?> event) {

  /** A member that is a text, or null. */
  @Nullable String text(String name) {
    return event.get(name) instanceof String text ? text : null;
  }

  /** Microseconds since 1970; 0 where it has no time. */
  long micros() {
    String text = text("timestamp");
    long micros = text == null ? Timestamps.NONE : Timestamps.parse(text);
    return micros == Timestamps.NONE ? 0 : micros;
  }

  /**
   * A name for it that is the same however often it is sent. Several lines may tell of one event,
   * each something else: they keep apart.
   */
  String key() {
    String id = text("id");
    byte[] digest = Sha256.digest().digest(json.getBytes(StandardCharsets.UTF_8));
    String hash = HexFormat.of().formatHex(digest, 0, 4);
    boolean report = json.contains("\"details\":{\"received\":\"");
    return id == null ? hash : report ? id + "-" + hash : id;
  }
}
