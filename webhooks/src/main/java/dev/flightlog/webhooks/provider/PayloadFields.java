package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes values over from a payload that may have any shape. */
final class PayloadFields {
  private PayloadFields() {}

  static void text(Map<String, @Nullable Object> to, String key, JsonNode value) {
    if (value.isTextual() && !value.textValue().isEmpty()) {
      to.put(key, value.textValue());
    }
  }

  static void number(Map<String, @Nullable Object> to, String key, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      to.put(key, value.longValue());
    }
  }

  /** The first of these that is a text with something in it; else empty. */
  static String first(JsonNode... values) {
    for (JsonNode value : values) {
      if (value.isTextual() && !value.textValue().isEmpty()) {
        return value.textValue();
      }
    }
    return "";
  }

  /** A text, or nothing. */
  static Optional<String> text(JsonNode value) {
    return value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }
}
