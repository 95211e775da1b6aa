package dev.flightlog.cli.command;

import dev.flightlog.cli.arguments.Arguments;
import dev.flightlog.cli.output.Format;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.UserPaths;
import dev.flightlog.home.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of one command: its words, and what it needs to do its work. For one thread. */
public final class Invocation {
  private final Arguments words;
  private final Console console;
  private volatile @Nullable Home home;

  public Invocation(Arguments words, Console console) {
    this.words = words;
    this.console = console;
  }

  public Console console() {
    return console;
  }

  /** A sentence of ours whose commands are about the home of this call. */
  public String hint(String sentence) {
    return console.reader().hint(sentence);
  }

  /** The value of an option, or null. */
  public @Nullable String option(String name) {
    return words.text(name);
  }

  public boolean flag(String name) {
    return words.flag(name);
  }

  /** A number, or null. */
  public @Nullable Integer number(String name) {
    return words.number(name);
  }

  /** The values of an option that may be given several times. */
  public List<String> options(String name) {
    return words.texts(name);
  }

  /** The words that are no options. */
  public List<String> arguments() {
    return words.arguments();
  }

  public Format format() {
    String name = words.text("--format");
    if (name == null) {
      return Format.TEXT;
    }
    for (Format format : Format.values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw CommandException.usage("--format is text, json or csv, not " + name);
  }

  /** The home that was named, which need not exist. */
  public Home home() {
    Home known = home;
    if (known == null) {
      Path path =
          UserPaths.flightlogHome(Optional.ofNullable(option("--home")), console.environment());
      known = Home.open(path, console.environment(), console::say, console.clock());
      home = known;
    }
    return known;
  }

  /** From now on the home has the settings of this one; from any thread. */
  public void changeTo(Home changed) {
    home = changed;
  }

  /** The settings of that home. */
  public Settings settings() {
    return home().settings();
  }
}
