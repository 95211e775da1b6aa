package dev.flightlog.cli.settings;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every setting, defined once. Its value comes from a flag, else from the environment ({@code
 * logging.current_story} is {@code FLIGHTLOG_LOGGING_CURRENT_STORY}), else from {@code
 * config.json}, else it is the default.
 */
public enum Setting {
  BASE_PATH("logging.base_path", "", "folder of the journals; empty: the home", Kind.TEXT),
  CURRENT_STORY("logging.current_story", "default", "story of events that name none", Kind.TEXT),
  THREAD_SAFE(
      "logging.thread_safe", "true", "always true: the recorder has no other mode", Kind.TRUE),
  CONTENT(
      "capture.content",
      "full",
      "how much of prompts and outputs is kept: full, head or none",
      Kind.CONTENT),
  MAX_TOKENS(
      "analysis.max_tokens_per_query", "500", "the most tokens any answer may take", Kind.NUMBER),
  BATCH_SIZE("analysis.batch_size", "5000", "events a transaction of an import", Kind.NUMBER),
  TOKEN_FACTOR(
      "analysis.token_factor",
      "1.35",
      "factor on o200k_base counts, for models with other vocabularies",
      Kind.REAL);

  private enum Kind {
    TEXT,
    NUMBER,
    REAL,
    TRUE,
    CONTENT
  }

  private final String key;
  private final String byDefault;
  private final String meaning;
  private final Kind kind;

  Setting(String key, String byDefault, String meaning, Kind kind) {
    this.key = key;
    this.byDefault = byDefault;
    this.meaning = meaning;
    this.kind = kind;
  }

  /** The dotted name, as in {@code config.json}. */
  public String key() {
    return key;
  }

  public String byDefault() {
    return byDefault;
  }

  public String meaning() {
    return meaning;
  }

  /** The name of the environment variable. */
  public String variable() {
    return "FLIGHTLOG_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }

  /** The setting with this dotted name, or null. */
  public static @Nullable Setting named(String key) {
    for (Setting setting : values()) {
      if (setting.key.equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** What a value must be, if this one is wrong; else null. */
  public @Nullable String complaint(String value) {
    return switch (kind) {
      case TEXT -> null;
      case TRUE -> value.equals("true") ? null : "can only be true";
      case CONTENT ->
          Set.of("full", "head", "none").contains(value) ? null : "is full, head or none";
      case NUMBER -> isWhole(value) ? null : "is a whole number above 0";
      case REAL -> isAtLeastOne(value) ? null : "is a number of at least 1";
    };
  }

  private static boolean isWhole(String value) {
    return !value.isEmpty()
        && value.length() <= 9
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(value) > 0;
  }

  private static boolean isAtLeastOne(String value) {
    try {
      double number = Double.parseDouble(value);
      return number >= 1 && number <= 100;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
