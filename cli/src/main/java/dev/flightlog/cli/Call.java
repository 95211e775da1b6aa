package dev.flightlog.cli;

import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.settings.Home;
import dev.flightlog.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** One call of one command: its words, and what it needs to do its work. For one thread. */
final class Call {
  private final ParseResult root;
  private final ParseResult words;
  private final Console console;
  private @Nullable Settings settings;

  Call(ParseResult root, ParseResult words, Console console) {
    this.root = root;
    this.words = words;
    this.console = console;
  }

  Console console() {
    return console;
  }

  /** The value of an option, or null; a global option may stand before the command. */
  @Nullable String option(String name) {
    String value = words.matchedOptionValue(name, (String) null);
    return value == null && root.matchedOption(name) != null
        ? root.matchedOptionValue(name, (String) null)
        : value;
  }

  boolean flag(String name) {
    return words.matchedOptionValue(name, false);
  }

  /** A number, or null. */
  @Nullable Integer number(String name) {
    return words.matchedOptionValue(name, (Integer) null);
  }

  /** The values of an option that may be given several times. */
  List<String> options(String name) {
    return words.matchedOptionValue(name, List.of());
  }

  /** The words that are no options. */
  List<String> arguments() {
    return words.hasMatchedPositional(0) || !words.matchedPositionals().isEmpty()
        ? words.matchedPositionals().stream().flatMap(p -> p.stringValues().stream()).toList()
        : List.of();
  }

  Format format() {
    Format own = words.matchedOptionValue("--format", (Format) null);
    Format before = root.matchedOptionValue("--format", (Format) null);
    return own != null ? own : before != null ? before : Format.TEXT;
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
