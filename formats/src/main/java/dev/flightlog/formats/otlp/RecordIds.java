package dev.flightlog.formats.otlp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ids of traces and spans, checked: what stands for a record must be right. Stateless. */
final class RecordIds {
  private RecordIds() {}

  static String trace(String hex) {
    String id = traceOrNull(hex);
    if (id == null) {
      throw new BadRecordException("a span has a trace id of 32 hexadecimal digits, not all zero");
    }
    return id;
  }

  static String span(String hex) {
    String id = parent(hex);
    if (id == null) {
      throw new BadRecordException("a span has a span id of 16 hexadecimal digits, not all zero");
    }
    return id;
  }

  static @Nullable String traceOrNull(@Nullable String hex) {
    return checked(hex, 32);
  }

  static @Nullable String parent(@Nullable String hex) {
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
