package dev.flightlog.webhooks;

import dev.flightlog.event.json.JsonNumber;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
      ProviderKey key =
          ProviderKey.named(String.valueOf(name))
              .orElseThrow(() ->
                  new WebhookSettingsException(
                      "webhooks." + provider + "." + name + " means nothing; is it misspelt?"));
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

  Optional<String> text(ProviderKey key) {
    return values.get(key) instanceof String text && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }

  String text(ProviderKey key, String byDefault) {
    return text(key).orElse(byDefault);
  }

  /**
   * What requests are signed with, without the line feeds that files and {@code echo} put behind
   * it; other blanks belong to it.
   */
  Optional<String> secret() {
    return text(ProviderKey.SECRET).map(text -> text.replaceFirst("[\\r\\n]+$", ""));
  }

  /** What a person should know of a secret that is taken as it stands. */
  Optional<String> notice() {
    return secret()
        .filter(secret -> !secret.equals(secret.strip()))
        .map(secret ->
            "webhooks."
                + provider
                + ".secret begins or ends with a blank, which is taken as a part of it");
  }

  /** The token for the provider's API, without blanks around it. */
  Optional<String> token() {
    return text(ProviderKey.TOKEN).map(String::strip);
  }

  /** A value that must be there. */
  String required(ProviderKey key) {
    return text(key).orElseThrow(() -> wrong(key, "is missing: " + key.meaning()));
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
