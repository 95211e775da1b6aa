package dev.flightlog.cli;

import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.settings.Home;
import dev.flightlog.cli.settings.Settings;
import dev.flightlog.cli.words.Words;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of one command: its words, and what it needs to do its work. For one thread. */
final class Call {
  private final Words words;
  private final Console console;
  private @Nullable Settings settings;

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

  /** Settings of the home that was named, which need not exist. */
  Settings settings() {
    Settings known = settings;
    if (known == null) {
      known =
          Settings.load(Home.find(option("--home"), console.environment()), console.environment());
      settings = known;
    }
    return known;
  }

  /** The home, made if it is not there, for its owner only. */
  Path home() {
    return folder(settings().home());
  }

  /** The folder of the journals, made if it is not there, for its owner only. */
  Path basePath() {
    return folder(settings().basePath());
  }

  private static Path folder(Path folder) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (posix) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(folder);
      }
      return folder;
    } catch (IOException e) {
      throw Failure.failed(
          "the home "
              + folder
              + " cannot be made ("
              + e
              + "): name another with --home DIR or FLIGHTLOG_HOME");
    }
  }
}
