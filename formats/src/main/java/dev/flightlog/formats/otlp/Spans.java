package dev.flightlog.formats.otlp;

import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.otlp.OtlpRecord.Happening;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What spans of all programs tell alike, and their ids, which must be right. Stateless. */
final class Spans {
  /** No span is longer; what claims to be has a wrong time. */
  private static final long LONGEST_MS = 30L * 86_400_000;

  private Spans() {}

  /** From start to end in milliseconds; -1 where either is missing or they make no sense. */
  static long durationMs(Span span) {
    if (span.start() == 0 || span.end() == 0) {
      return -1;
    }
    long ms = (span.end() - span.start()) / 1_000_000;
    return ms < 0 || ms > LONGEST_MS ? -1 : ms;
  }

  /** Why it failed; null when it did not. */
  static @Nullable ErrorClass error(Span span) {
    Attributes at = span.attributes();
    String told = at.text("error.type", "error_type");
    if (span.status() != 2 && told == null) {
      return null;
    }
    String words = span.message();
    Happening thrown = exception(span);
    if (thrown != null) {
      String type = thrown.attributes().text("exception.type");
      String message = thrown.attributes().text("exception.message");
      told = told == null && type != null ? simple(type) : told;
      words = words.isEmpty() && message != null ? message : words;
    }
    return new ErrorClass(told == null ? ErrorClass.UNKNOWN : simple(told), words);
  }

  /** The exception that it recorded last; null for none. */
  static @Nullable Happening exception(Span span) {
    Happening found = null;
    for (Happening event : span.events()) {
      if (event.name().equals("exception") || event.attributes().has("exception.type")) {
        found = event;
      }
    }
    return found;
  }

  /** The name of a class without its package. */
  static String simple(String name) {
    int dot = name.lastIndexOf('.');
    boolean isClass =
        dot > 0 && dot + 1 < name.length() && Character.isUpperCase(name.charAt(dot + 1));
    String simple = isClass ? name.substring(dot + 1) : name;
    return simple.length() > 80 ? simple.substring(0, 80) : simple;
  }

  static String traceId(String hex) {
    String id = traceIdOrNull(hex);
    if (id == null) {
      throw new BadRecordException("a span has a trace id of 32 hexadecimal digits, not all zero");
    }
    return id;
  }

  static String spanId(String hex) {
    String id = spanIdOrNull(hex);
    if (id == null) {
      throw new BadRecordException("a span has a span id of 16 hexadecimal digits, not all zero");
    }
    return id;
  }

  static @Nullable String traceIdOrNull(@Nullable String hex) {
    return checked(hex, 32);
  }

  static @Nullable String spanIdOrNull(@Nullable String hex) {
    return checked(hex, 16);
  }

  private static @Nullable String checked(@Nullable String hex, int length) {
    if (hex == null || hex.length() != length) {
      return null;
    }
    boolean zero = true;
    for (int i = 0; i < length; i++) {
      char c = hex.charAt(i);
      if (Character.digit(c, 16) < 0 || c > 'f') {
        return null;
      }
      zero &= c == '0';
    }
    return zero ? null : hex.toLowerCase(Locale.ROOT);
  }
}
