package dev.flightlog.home.paths;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where things of a user lie, told by the environment alone. Stateless. */
public final class UserPaths {
  private UserPaths() {}

  /**
   * The home of Flightlog: the one that is named, else {@code FLIGHTLOG_HOME}, else {@code
   * ~/.flightlog}. An absolute path that need not exist.
   *
   * @throws HomeException when there is no such path, or nobody's home is known
   */
  public static Path flightlogHome(Optional<String> named, Map<String, String> environment) {
    String text = named.orElseGet(() -> environment.getOrDefault("FLIGHTLOG_HOME", ""));
    try {
      return Path.of(
              text.isEmpty() ? ofUser(environment) + "/.flightlog" : expanded(text, environment))
          .toAbsolutePath()
          .normalize();
    } catch (InvalidPathException e) {
      throw new HomeException("this is no path of a home: " + text);
    }
  }

  /**
   * The user's home: {@code $HOME}, and the JVM's idea of it only when there is no {@code HOME}.
   *
   * @throws HomeException when neither is known, as for a user without an entry in passwd
   */
  public static String ofUser(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    if (!home.isEmpty()) {
      return home;
    }
    String known = System.getProperty("user.home", "");
    if (known.isEmpty() || known.equals("?")) {
      throw new HomeException(
          "there is no HOME in the environment, and this user has no entry in passwd: name the home"
              + " with --home DIR or FLIGHTLOG_HOME");
    }
    return known;
  }

  /** Where Claude Code keeps its transcripts. */
  public static Path claudeProjects(Map<String, String> environment) {
    String configured = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
    return (configured.isEmpty()
            ? Path.of(ofUser(environment), ".claude")
            : Path.of(expanded(configured, environment)))
        .resolve("projects");
  }

  /** A path with {@code ~} at its beginning as the user's home. */
  public static String expanded(String path, Map<String, String> environment) {
    return path.equals("~") || path.startsWith("~/")
        ? ofUser(environment) + path.substring(1)
        : path;
  }
}
