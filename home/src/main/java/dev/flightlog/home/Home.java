package dev.flightlog.home;

import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.importer.Capture;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.recorder.Content;
import dev.flightlog.recorder.RecorderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One home of Flightlog: its folder, its settings, and who is told what happens while it is worked
 * with. Needs no console, so that programs which embed Flightlog open one, too. Opens no file but
 * {@code config.json}; folders are made when they are first needed. Immutable; safe for many
 * threads when what is told is.
 */
public final class Home {
  /** The most bytes that a journal keeps of a text, and where heads are kept. */
  private static final int JOURNAL_TEXT = 64 << 10;

  private static final int HEAD_TEXT = 1 << 10;

  /** The content that is kept, and not sent. */
  private static final String AT_HOME = "home";

  private final Settings settings;
  private final Map<String, String> environment;
  private final Consumer<String> messages;
  private final Clock clock;

  private Home(
      Settings settings, Map<String, String> environment, Consumer<String> messages, Clock clock) {
    this.settings = settings;
    this.environment = environment;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * The home in this folder, which need not exist, with messages told to nobody.
   *
   * @throws HomeException when its settings are wrong
   */
  public static Home open(Path path, Map<String, String> environment) {
    return open(path, environment, message -> {}, Clock.systemUTC());
  }

  /**
   * The home in this folder, which need not exist.
   *
   * @param messages is told, a sentence each, what people should know: what was left out, repaired,
   *     or is not there yet
   * @throws HomeException when its settings are wrong
   */
  public static Home open(
      Path path, Map<String, String> environment, Consumer<String> messages, Clock clock) {
    Path absolute = path.toAbsolutePath().normalize();
    return new Home(Settings.load(absolute, environment), Map.copyOf(environment), messages, clock);
  }

  /** The same home with the settings that its file has by now. */
  public Home reloaded() {
    return new Home(Settings.load(path(), environment), environment, messages, clock);
  }

  /** The folder, whether it exists or not. */
  public Path path() {
    return settings.home();
  }

  public Settings settings() {
    return settings;
  }

  public Map<String, String> environment() {
    return environment;
  }

  public Clock clock() {
    return clock;
  }

  /** Tells whoever works with this home. */
  public void tell(String message) {
    messages.accept(message);
  }

  /**
   * The folder of the home, made if it is not there, for its owner only.
   *
   * @throws HomeException when it cannot be made
   */
  public Path folder() {
    return made(path());
  }

  /** The folder of the journals, made if it is not there, for its owner only. */
  public Path journals() {
    return made(settings.basePath());
  }

  /** The folder of the archives, which need not be there. */
  public Path archives() {
    String told = settings.text(Setting.ARCHIVE_DIR);
    return folder().resolve(told.isEmpty() ? "archive" : told);
  }

  /** A file or folder in the home, which is made if it is not there. */
  public Path file(String name) {
    return folder().resolve(name);
  }

  /**
   * False when nothing can be added to this home: then questions are answered from what is there.
   */
  public boolean isWritable() {
    Path place = path();
    while (place != null && !Files.exists(place)) {
      place = place.getParent();
    }
    return place != null && Files.isWritable(place);
  }

  private static Path made(Path folder) {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      OwnerOnly.createFolder(folder);
      return folder;
    } catch (IOException e) {
      throw new HomeException(
          "the home "
              + folder
              + " cannot be made ("
              + e
              + "): name another with --home DIR or FLIGHTLOG_HOME");
    }
  }

  /** Redacts with the key of the home, which is made if there is none. */
  public Redactor redactor() {
    Path folder = folder();
    try {
      return Redactor.create(RedactionKey.inHome(folder));
    } catch (IOException e) {
      throw new HomeException(
          "the redaction key in "
              + folder
              + " cannot be read or made ("
              + e
              + "): check its permissions");
    }
  }

  /** How much of prompts and outputs is kept at home. */
  private Content content() {
    String told = settings.text(Setting.CONTENT);
    return told.equals(AT_HOME) ? Content.FULL : Content.valueOf(told.toUpperCase(Locale.ROOT));
  }

  /** Whether texts stay out of a store that machines share. */
  public boolean contentStays() {
    String told = settings.text(Setting.CONTENT);
    return told.equals(AT_HOME) || told.equals("none");
  }

  /** How a recorder of this home records. */
  public RecorderConfig recorderConfig() {
    if (!settings.flag(Setting.THREAD_SAFE)) {
      throw new IllegalStateException("settings allow no other mode");
    }
    return RecorderConfig.at(journals())
        .home(folder())
        .story(settings.text(Setting.CURRENT_STORY))
        .content(content());
  }

  /** The options of an import that settings decide. */
  public ImportOptions importOptions() {
    Capture capture = Capture.of(content().name());
    ImportOptions options =
        ImportOptions.defaults()
            .prices(path().resolve("prices.json"))
            .projects(settings.projects());
    // "full" is the journal's measure; the index keeps head and tail and knows where the whole is.
    return capture == null || capture == Capture.FULL ? options : options.capture(capture);
  }

  /** How what other programs send is read on its way into a journal, whose measures hold. */
  public ReaderSettings receivingSettings() {
    int kept =
        switch (content()) {
          case FULL -> JOURNAL_TEXT / 2;
          case HEAD -> HEAD_TEXT / 2;
          case NONE -> 0;
        };
    return new ReaderSettings(
        redactor(),
        null,
        kept,
        Prices.load(path().resolve("prices.json")),
        new Projects(settings.projects()));
  }
}
