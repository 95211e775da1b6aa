package dev.flightlog.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A strong validator (RFC 9110, section 8.8.3): the same tag, the same bytes. Immutable.
 *
 * @param text with its quotes
 */
public record Etag(String text) {
  /** Of bytes that are there, or of anything that changes whenever the bytes do. */
  public static Etag of(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Etag('"' + HexFormat.of().formatHex(hash, 0, 16) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
