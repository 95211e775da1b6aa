package dev.flightlog.server.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One range of bytes (RFC 9110, section 14).
 *
 * @param from the first byte
 * @param length at least 1
 */
public record ByteRange(long from, long length) {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * The range that is asked for; empty when none is, or in a form that may be ignored: another
   * unit, several at once, malformed.
   *
   * @param total the number of bytes there are
   * @throws ProblemException 416 when there are no such bytes
   */
  public static Optional<ByteRange> of(Request request, long total) {
    String header = request.headers("Range").size() == 1 ? request.header("Range") : null;
    Matcher matcher = FORM.matcher(header == null ? "" : header.replace(" ", ""));
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    long first;
    long last = total - 1;
    if (matcher.group(1).isEmpty()) {
      first = Math.max(0, total - Long.parseLong(matcher.group(2)));
    } else {
      first = Long.parseLong(matcher.group(1));
      if (!matcher.group(2).isEmpty()) {
        long named = Long.parseLong(matcher.group(2));
        if (named < first) {
          return Optional.empty();
        }
        last = Math.min(last, named);
      }
    }
    if (first > last) {
      throw Problem.of(416, "there are only " + total + " bytes")
          .header("Content-Range", "bytes */" + total)
          .exception();
    }
    return Optional.of(new ByteRange(first, last - first + 1));
  }

  /** As {@code Content-Range} tells it. */
  public String of(long total) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + total;
  }
}
