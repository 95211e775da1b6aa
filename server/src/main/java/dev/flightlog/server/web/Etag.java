package dev.flightlog.server.web;

import dev.flightlog.event.files.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * A strong validator (RFC 9110, section 8.8.3): the same tag, the same bytes. Immutable.
 *
 * @param text with its quotes
 */
public record Etag(String text) {
  /** Of bytes that are there, or of anything that changes whenever the bytes do. */
  public static Etag of(byte[] bytes) {
    return new Etag('"' + Sha256.hex(bytes).substring(0, 32) + '"');
  }

  public static Etag of(String state) {
    return of(state.getBytes(StandardCharsets.UTF_8));
  }

  /** True when the request has these bytes already: {@code If-None-Match}. */
  public boolean isKnownTo(Request request) {
    for (String line : request.headers("If-None-Match")) {
      for (String one : line.split(",", -1)) {
        String tag = one.strip();
        if (tag.equals("*") || tag.equals(text) || tag.equals("W/" + text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True when a range is wanted of these bytes, or of any: {@code If-Range}. */
  public boolean allowsRange(Request request) {
    String only = request.header("If-Range");
    return only == null || only.strip().equals(text);
  }
}
