package dev.flightlog.cli.settings;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings for one home: environment over {@code config.json} over default.
 * Immutable.
 */
public final class Settings {
  /** The key of what is configured by name: agents, each with settings of its own. */
  private static final String AGENTS = "agents";

  /** Likewise the providers of webhooks. */
  private static final String WEBHOOKS = "webhooks";

  private final Path home;
  private final Map<Setting, String> values;
  private final List<String> unknownKeys;
  private final Map<String, @Nullable Object> agents;
  private final Map<String, @Nullable Object> webhooks;

  private Settings(
      Path home,
      Map<Setting, String> values,
      List<String> unknownKeys,
      Map<String, @Nullable Object> agents,
      Map<String, @Nullable Object> webhooks) {
    this.home = home;
    this.values = values;
    this.unknownKeys = unknownKeys;
    this.agents = agents;
    this.webhooks = webhooks;
  }

  /**
   * Reads {@code config.json} in the home, if there is one.
   *
   * @throws SettingsException when the file cannot be read, is not JSON, or a value is not allowed
   */
  public static Settings load(Path home, Map<String, String> environment) {
    Path file = home.resolve("config.json");
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    List<String> unknown = new ArrayList<>();
    Map<String, @Nullable Object> all = object(parsed(home), unknown);
    Map<String, @Nullable Object> agents = object(all.remove(AGENTS), unknown);
    Map<String, @Nullable Object> webhooks = object(all.remove(WEBHOOKS), unknown);
    collect("", all, values, unknown, file);
    for (Setting setting : Setting.values()) {
      String other = setting.otherVariable();
      if (other != null) {
        putVariable(values, setting, other, environment);
      }
      putVariable(values, setting, setting.variable(), environment);
    }
    return new Settings(home, values, List.copyOf(unknown), agents, webhooks);
  }

  private static Map<String, @Nullable Object> object(
      @Nullable Object value, List<String> unknown) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> object.put(String.valueOf(key), inner));
    } else if (value != null) {
      unknown.add("(an object was expected)");
    }
    return object;
  }

  private static void putVariable(
      Map<Setting, String> values, Setting setting, String name, Map<String, String> environment) {
    String value = environment.get(name);
    if (value != null && !value.isEmpty()) {
      put(values, setting, value, "the environment variable " + name);
    }
  }

  private static @Nullable Object parsed(Path home) {
    Path file = home.resolve("config.json");
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        return Map.of();
      }
      throw new SettingsException(
          file + " cannot be read (" + e + "): make it readable, or remove it");
    }
    try {
      JsonReader reader = new JsonReader().reset(json, 0, json.length);
      Object value = reader.value();
      reader.finish();
      return value;
    } catch (JsonException e) {
      throw new SettingsException(
          file
              + ", line "
              + line(json, e.offset())
              + ": "
              + e.getMessage()
              + "; mend it, or remove the file");
    }
  }

  private static int line(byte[] json, int offset) {
    int line = 1;
    for (int i = 0; i < Math.min(offset, json.length); i++) {
      if (json[i] == '\n') {
        line++;
      }
    }
    return line;
  }

  private static void collect(
      String prefix,
      @Nullable Object value,
      Map<Setting, String> values,
      List<String> unknown,
      Path file) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) ->
          collect(
              prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key,
              inner,
              values,
              unknown,
              file));
      return;
    }
    Setting setting = Setting.named(prefix);
    if (setting == null) {
      unknown.add(prefix.isEmpty() ? "(the file is no object)" : prefix);
    } else if (value != null) {
      put(values, setting, String.valueOf(value), file.toString());
    }
  }

  private static void put(
      Map<Setting, String> values, Setting setting, String value, String where) {
    String complaint = setting.complaint(value);
    if (complaint != null) {
      throw new SettingsException(
          where + ": " + setting.key() + " " + complaint + ", not \"" + value + "\"");
    }
    values.put(setting, value);
  }

  public Path home() {
    return home;
  }

  public String text(Setting setting) {
    return values.getOrDefault(setting, setting.byDefault());
  }

  public int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  public double real(Setting setting) {
    return Double.parseDouble(text(setting));
  }

  /** True when the environment or the file says something else than the default. */
  public boolean isSet(Setting setting) {
    return values.containsKey(setting);
  }

  /** Keys of {@code config.json} that mean nothing to this version. */
  public List<String> unknownKeys() {
    return unknownKeys;
  }

  /** What stands under {@code agents} in the file: by name, as JSON has it. */
  public Map<String, @Nullable Object> agents() {
    return Collections.unmodifiableMap(agents);
  }

  /** What stands under {@code webhooks} in the file: by provider, as JSON has it. */
  public Map<String, @Nullable Object> webhooks() {
    return Collections.unmodifiableMap(webhooks);
  }

  /** A path of a setting, relative to the home. */
  public Path path(String text) {
    return home.resolve(expand(text));
  }

  /** True when the setting is {@code true}. */
  public boolean flag(Setting setting) {
    return text(setting).equals("true");
  }

  /** The folder of the task folders. */
  public Path taskLogs() {
    String path = text(Setting.TASK_LOGS_DIR);
    return home.resolve(path.isEmpty() ? "tasks" : expand(path));
  }

  /** The folder of the journals. */
  public Path basePath() {
    String path = text(Setting.BASE_PATH);
    return path.isEmpty() ? home : home.resolve(expand(path));
  }

  private static String expand(String path) {
    return path.equals("~") || path.startsWith("~/")
        ? Home.ofUser(System.getenv()) + path.substring(1)
        : path;
  }

  /** A setting is wrong: which, where, and what it may be. */
  public static final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
      super(message, null, false, false);
    }
  }
}
