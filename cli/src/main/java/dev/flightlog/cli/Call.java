package dev.flightlog.cli;

import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.words.Words;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.home.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of one command: its words, and what it needs to do its work. For one thread. */
final class Call {
  private final Words words;
  private final Console console;
  private @Nullable Home home;

  Call(Words words, Console console) {
    this.words = words;
    this.console = console;
  }

  Console console() {
    return console;
  }

  /** The value of an option, or null. */
  @Nullable String option(String name) {
    return words.text(name);
  }

  boolean flag(String name) {
    return words.flag(name);
  }

  /** A number, or null. */
  @Nullable Integer number(String name) {
    return words.number(name);
  }

  /** The values of an option that may be given several times. */
  List<String> options(String name) {
    return words.texts(name);
  }

  /** The words that are no options. */
  List<String> arguments() {
    return words.arguments();
  }

  Format format() {
    String name = words.text("--format");
    if (name == null) {
      return Format.TEXT;
    }
    for (Format format : Format.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw Failure.usage("--format is text, json or csv, not " + name);
  }

  /** The home that was named, which need not exist. */
  Home home() {
    Home known = home;
    if (known == null) {
      Path path =
          UserPaths.flightlogHome(Optional.ofNullable(option("--home")), console.environment());
      known = Home.open(path, console.environment(), console::say, console.clock());
      home = known;
    }
    return known;
  }

  /** The settings of that home. */
  Settings settings() {
    return home().settings();
  }
}
