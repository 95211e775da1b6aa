package dev.flightlog.recorder;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The recorder's few settings, from the environment over the home's {@code config.json}. */
final class Settings {
  private static final int LARGEST_FILE = 1 << 20;
  private static final String NO_HOME = "/nonexistent";

  private final Map<String, String> environment;
  private final Map<?, ?> file;

  private Settings(Map<String, String> environment, Map<?, ?> file) {
    this.environment = environment;
    this.file = file;
  }

  static RecorderConfig read(Map<String, String> environment) {
    String user = user(environment);
    String configured = environment.get("FLIGHTLOG_HOME");
    Path home =
        configured == null || configured.isBlank()
            ? Path.of(user, ".flightlog")
            : path(configured, user);
    Settings settings = new Settings(environment, parse(home.resolve("config.json")));
    String base = settings.text("logging", "base_path");
    RecorderConfig config =
        RecorderConfig.at(base == null ? home : home.resolve(path(base, user))).home(home);
    String story = settings.text("logging", "current_story");
    if (story != null) {
      config = config.story(story);
    }
    String content = settings.text("capture", "content");
    for (Content kept : Content.values()) {
      if (kept.name().equalsIgnoreCase(content)) {
        config = config.content(kept);
      }
    }
    return config;
  }

  /**
   * The user's home. One that nobody knows, as for a user without an entry in passwd, is a folder
   * that is not there, as passwd has it for such users: the recorder then warns once that it cannot
   * write, instead of making a folder named {@code ?} wherever the program was started.
   */
  private static String user(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    String known = home.isBlank() ? System.getProperty("user.home", "") : home;
    return known.isBlank() || known.equals("?") ? NO_HOME : known;
  }

  private static Path path(String text, String user) {
    try {
      return text.equals("~") || text.startsWith("~/")
          ? Path.of(user + text.substring(1))
          : Path.of(text);
    } catch (InvalidPathException e) {
      return Path.of(user, ".flightlog");
    }
  }

  private @Nullable String text(String group, String name) {
    String variable = ("FLIGHTLOG_" + group + "_" + name).toUpperCase(Locale.ROOT);
    String value = environment.get(variable);
    if (value == null && file.get(group) instanceof Map<?, ?> values) {
      value = values.get(name) instanceof String text ? text : null;
    }
    return value == null || value.isBlank() ? null : value;
  }

  private static Map<?, ?> parse(Path config) {
    try {
      if (Files.isRegularFile(config) && Files.size(config) <= LARGEST_FILE) {
        byte[] json = Files.readAllBytes(config);
        // Editors of Windows begin a file with a byte order mark.
        boolean marked = json.length > 2 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb;
        Object value = new JsonReader().reset(json, marked ? 3 : 0, json.length).value();
        return value instanceof Map<?, ?> map ? map : Map.of();
      }
    } catch (IOException | JsonException e) {
      // The commands of Flightlog tell what is wrong with the file; a recorder goes on.
    }
    return Map.of();
  }
}
