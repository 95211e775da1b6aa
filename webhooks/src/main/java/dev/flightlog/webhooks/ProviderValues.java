package dev.flightlog.webhooks;

import dev.flightlog.event.json.JsonNumber;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is configured for one provider: environment over {@code config.json}. */
final class ProviderValues {
  private final String provider;
  private final Map<ProviderKey, Object> values = new EnumMap<>(ProviderKey.class);

  private ProviderValues(String provider) {
    this.provider = provider;
  }

  /**
   * @throws WebhookSettingsException when a key is unknown or a value has another form
   */
  static ProviderValues of(String provider, Map<?, ?> configured, Map<String, String> environment) {
    ProviderValues result = new ProviderValues(provider);
    configured.forEach((name, value) -> {
      ProviderKey key = ProviderKey.named(String.valueOf(name));
      if (key == null) {
        throw new WebhookSettingsException(
            "webhooks." + provider + "." + name + " means nothing; is it misspelt?");
      }
      if (value != null) {
        result.values.put(key, result.checked(key, value));
      }
    });
    for (ProviderKey key : ProviderKey.values()) {
      String value = environment.get(key.variable(provider));
      if (value != null && !value.isEmpty()) {
        result.values.put(key, result.parsed(key, value));
      }
    }
    return result;
  }

  private Object checked(ProviderKey key, Object value) {
    boolean fits =
        switch (key.kind()) {
          case TEXT ->
              value instanceof String || value instanceof Number || value instanceof JsonNumber;
          case LIST -> value instanceof List<?> list && list.stream().allMatch(this::isText);
          case MAP ->
              value instanceof Map<?, ?> map && map.values().stream().allMatch(this::isText);
        };
    if (!fits) {
      throw wrong(
          key,
          switch (key.kind()) {
            case TEXT -> "is a text";
            case LIST -> "is a list of texts";
            case MAP -> "is an object whose values are texts";
          });
    }
    return key.kind() == ProviderKey.Kind.TEXT ? String.valueOf(value) : value;
  }

  private boolean isText(@Nullable Object value) {
    return value instanceof String;
  }

  private Object parsed(ProviderKey key, String value) {
    return switch (key.kind()) {
      case TEXT -> value;
      case LIST -> List.of(value.split(",", -1));
      case MAP -> {
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : value.split(",", -1)) {
          int equals = pair.indexOf('=');
          if (equals < 1) {
            throw wrong(key, "is written name=value,name=value in " + key.variable(provider));
          }
          map.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        yield map;
      }
    };
  }

  /** The complaint that this key's value is none. */
  WebhookSettingsException wrong(ProviderKey key, String what) {
    return new WebhookSettingsException("webhooks." + provider + "." + key.key() + " " + what);
  }

  @Nullable String text(ProviderKey key) {
    return values.get(key) instanceof String text && !text.isBlank() ? text : null;
  }

  String text(ProviderKey key, String byDefault) {
    String text = text(key);
    return text == null ? byDefault : text;
  }

  /** A value that must be there. */
  String required(ProviderKey key) {
    String text = text(key);
    if (text == null) {
      throw wrong(key, "is missing: " + key.meaning());
    }
    return text;
  }

  List<String> list(ProviderKey key, List<String> byDefault) {
    if (!(values.get(key) instanceof List<?> list)) {
      return byDefault;
    }
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(String.valueOf(each)));
    return texts;
  }

  Map<String, String> map(ProviderKey key) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (values.get(key) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    }
    return texts;
  }
}
