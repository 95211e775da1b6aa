package dev.flightlog.cli.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everything lies: {@code --home}, else {@code FLIGHTLOG_HOME}, else {@code ~/.flightlog}.
 */
public final class Home {
  private Home() {}

  /** The home of Flightlog; an absolute path that need not exist. */
  public static Path find(@Nullable String option, Map<String, String> environment) {
    String named = option != null ? option : environment.getOrDefault("FLIGHTLOG_HOME", "");
    Path path =
        named.isEmpty()
            ? Path.of(ofUser(environment), ".flightlog")
            : Path.of(expand(named, environment));
    return path.toAbsolutePath().normalize();
  }

  /** The user's home: {@code $HOME}, not the JVM's idea of it, unless there is no {@code HOME}. */
  public static String ofUser(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    return home.isEmpty() ? System.getProperty("user.home", ".") : home;
  }

  /** Where Claude Code keeps its transcripts. */
  public static Path claudeProjects(Map<String, String> environment) {
    String configured = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
    return (configured.isEmpty() ? Path.of(ofUser(environment), ".claude") : Path.of(configured))
        .resolve("projects");
  }

  private static String expand(String path, Map<String, String> environment) {
    return path.equals("~") || path.startsWith("~/")
        ? ofUser(environment) + path.substring(1)
        : path;
  }
}
