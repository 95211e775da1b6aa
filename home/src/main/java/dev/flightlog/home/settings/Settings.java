package dev.flightlog.home.settings;

import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.wording.SafeText;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings for one home: environment over {@code config.json} over default.
 * Immutable.
 */
public final class Settings {
  /** What is configured by name, each with settings of its own. */
  private static final List<String> BY_NAME = List.of("agents", "webhooks", "projects");

  private final Path home;
  private final Map<String, String> environment;
  private final Map<Setting, String> values;
  private final List<String> unknownKeys;
  private final Map<String, Map<String, @Nullable Object>> byName;

  private Settings(
      Path home,
      Map<String, String> environment,
      Map<Setting, String> values,
      List<String> unknownKeys,
      Map<String, Map<String, @Nullable Object>> byName) {
    this.home = home;
    this.environment = environment;
    this.values = values;
    this.unknownKeys = unknownKeys;
    this.byName = byName;
  }

  /**
   * Reads {@code config.json} in the home, if there is one.
   *
   * @throws HomeException when the file cannot be read, is not JSON, or a value is not allowed
   */
  public static Settings load(Path home, Map<String, String> environment) {
    Path file = home.resolve(ConfigFile.NAME);
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    Set<String> unknown = new TreeSet<>();
    Map<String, Map<String, @Nullable Object>> byName = new LinkedHashMap<>();
    ConfigFile.read(home)
        .forEach((key, value) -> {
          if (BY_NAME.contains(key)) {
            byName.put(key, object(file, key, value));
          } else {
            collect(key, value, values, unknown, file);
          }
        });
    checkProjects(file, byName.getOrDefault("projects", Map.of()));
    for (Setting setting : Setting.values()) {
      setting.otherVariable().ifPresent(other -> putVariable(values, setting, other, environment));
      putVariable(values, setting, setting.variable(), environment);
    }
    return new Settings(home, Map.copyOf(environment), values, List.copyOf(unknown), byName);
  }

  private static Map<String, @Nullable Object> object(
      Path file, String key, @Nullable Object value) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> object.put(String.valueOf(name), inner));
    } else if (value != null) {
      throw new HomeException(file + ": " + key + " is an object of names, not " + shown(value));
    }
    return object;
  }

  private static void checkProjects(Path file, Map<String, @Nullable Object> projects) {
    projects.forEach((folder, name) -> {
      boolean absolute =
          folder.startsWith("/") || folder.startsWith("~/") || folder.matches("[A-Za-z]:[/\\\\].*");
      if (!absolute || folder.strip().length() < 2) {
        throw new HomeException(
            file
                + ": projects names whole folders, such as {\"~/work/shop\":\"shop\"}, not \""
                + SafeText.shortened(folder, 80)
                + '"');
      }
      if (!(name instanceof String text) || text.isBlank()) {
        throw new HomeException(
            file + ": the name of the project in " + SafeText.shortened(folder, 80) + " is a text");
      }
    });
  }

  private static void putVariable(
      Map<Setting, String> values, Setting setting, String name, Map<String, String> environment) {
    String value = environment.get(name);
    if (value != null && !value.isEmpty()) {
      put(values, setting, value, "the environment variable " + name);
    }
  }

  private static void collect(
      String key,
      @Nullable Object value,
      Map<Setting, String> values,
      Set<String> unknown,
      Path file) {
    Setting setting = Setting.named(key).orElse(null);
    if (setting == null && value instanceof Map<?, ?> map) {
      map.forEach((inner, of) -> collect(key + "." + inner, of, values, unknown, file));
    } else if (setting == null) {
      unknown.add(key);
    } else if (value instanceof List<?> list && setting.type().isList()) {
      put(values, setting, joined(list, setting, file), file.toString());
    } else if (value instanceof List<?> || value instanceof Map<?, ?>) {
      throw wrong(file.toString(), setting, shown(value));
    } else if (value != null) {
      put(values, setting, String.valueOf(value), file.toString());
    }
  }

  private static String joined(List<?> list, Setting setting, Path file) {
    for (Object each : list) {
      if (!(each instanceof String text) || text.contains(",")) {
        throw wrong(file.toString(), setting, shown(list));
      }
    }
    return list.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static void put(
      Map<Setting, String> values, Setting setting, String value, String where) {
    if (!setting.type().accepts(value)) {
      boolean secret = setting.type().isSecret();
      throw wrong(
          where, setting, secret ? "what it is" : '"' + SafeText.shortened(value, 80) + '"');
    }
    values.put(setting, value);
  }

  private static HomeException wrong(String where, Setting setting, String value) {
    return new HomeException(
        where + ": " + setting.key() + " is " + setting.type().description() + ", not " + value);
  }

  private static String shown(Object value) {
    return value instanceof List<?>
        ? "a list"
        : value instanceof Map<?, ?> ? "an object" : SafeText.shortened(value.toString(), 80);
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

  /** True when the setting is {@code true}. */
  public boolean flag(Setting setting) {
    return text(setting).equals("true");
  }

  /** Where days begin for the reader: as set, else as the system says. */
  public ZoneId zone() {
    String name = text(Setting.TIMEZONE);
    return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
  }

  /** The texts of a {@link SettingType#LIST}, without empty ones. */
  public List<String> list(Setting setting) {
    List<String> texts = new ArrayList<>();
    for (String each : text(setting).split(",", -1)) {
      if (!each.isBlank()) {
        texts.add(each.strip());
      }
    }
    return texts;
  }

  /** Keys of {@code config.json} that mean nothing to this version. */
  public List<String> unknownKeys() {
    return unknownKeys;
  }

  /** What stands under {@code agents} in the file: by name, as JSON has it. */
  public Map<String, @Nullable Object> agents() {
    return Collections.unmodifiableMap(byName.getOrDefault("agents", Map.of()));
  }

  /** What stands under {@code webhooks} in the file: by provider, as JSON has it. */
  public Map<String, @Nullable Object> webhooks() {
    return Collections.unmodifiableMap(byName.getOrDefault("webhooks", Map.of()));
  }

  /** What stands under {@code projects} in the file: names by folder, {@code ~} resolved. */
  public Map<String, String> projects() {
    Map<String, String> names = new LinkedHashMap<>();
    byName
        .getOrDefault("projects", Map.of())
        .forEach((folder, name) ->
            names.put(UserPaths.expanded(folder, environment), String.valueOf(name).strip()));
    return names;
  }

  /** A path of a setting: {@code ~} is the user's home, and a relative one begins in this home. */
  public Path path(String text) {
    return home.resolve(UserPaths.expanded(text, environment));
  }

  /** The folder of the task folders. */
  public Path taskLogs() {
    String path = text(Setting.TASK_LOGS_DIR);
    return path.isEmpty() ? home.resolve("tasks") : path(path);
  }

  /** The folder of the journals. */
  public Path basePath() {
    String path = text(Setting.BASE_PATH);
    return path.isEmpty() ? home : path(path);
  }

  /** The keys whose values differ; what is configured by name, such as {@code agents.reviewer}. */
  public Set<String> changedSince(Settings before) {
    Set<String> changed = new TreeSet<>();
    for (Setting setting : Setting.values()) {
      if (!text(setting).equals(before.text(setting))) {
        changed.add(setting.key());
      }
    }
    for (String section : BY_NAME) {
      Map<String, @Nullable Object> now = byName.getOrDefault(section, Map.of());
      Map<String, @Nullable Object> then = before.byName.getOrDefault(section, Map.of());
      Set<String> names = new TreeSet<>(now.keySet());
      names.addAll(then.keySet());
      names.removeIf(name -> Objects.equals(now.get(name), then.get(name)));
      names.forEach(name -> changed.add(section + "." + name));
    }
    return changed;
  }
}
