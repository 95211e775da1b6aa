package dev.flightlog.cli.revision;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.learning.books.BookLock;
import dev.flightlog.learning.exposure.TrialBook;
import dev.flightlog.learning.hooks.HookFiles;
import dev.flightlog.learning.instructions.Undo;
import dev.flightlog.learning.rules.RuleBook;
import dev.flightlog.learning.verdict.Trials;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.revision.Consent;
import dev.flightlog.revision.InsightsStep;
import dev.flightlog.revision.InstructionsStep;
import dev.flightlog.revision.LearningLog;
import dev.flightlog.revision.PatternsStep;
import dev.flightlog.revision.Revision;
import dev.flightlog.revision.RulesStep;
import dev.flightlog.revision.Step;
import dev.flightlog.revision.report.Phase;
import dev.flightlog.revision.report.Reports;
import dev.flightlog.revision.report.RevisionReport;
import dev.flightlog.revision.schedule.RevisionSchedule;
import dev.flightlog.store.EventStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The revision of a home: its steps put together as the settings say. For one thread; closed. */
final class HomeRevision implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Home home;
  private final Revision revision;
  private final @Nullable BookLock lock;
  private @Nullable FlightRecorder recorder;

  /**
   * @param dry whether it only looks; else it waits until nobody else changes the rules
   * @param archive the last step, which may write to the index
   * @param file the instruction file; null for the one of the settings
   */
  HomeRevision(Index index, boolean dry, Step archive, @Nullable Path file) throws IOException {
    this.home = index.home();
    BookLock taken = dry ? null : lock(home);
    this.lock = taken;
    try {
      this.revision = revision(index, archive, file);
    } catch (IOException | RuntimeException e) {
      if (taken != null) {
        taken.close();
      }
      throw e;
    }
  }

  private Revision revision(Index index, Step archive, @Nullable Path file) throws IOException {
    EventStore store = index.store();
    Digest digest = index.digest();
    RuleBook book = RuleBook.open(home.file("rules.jsonl"));
    book.damaged().forEach(each -> home.tell("rules.jsonl: " + each));
    TrialBook trialBook = TrialBook.open(home.file("trials.jsonl"));
    trialBook.damaged().forEach(each -> home.tell("trials.jsonl: " + each));
    Trials trials =
        new Trials(book, trialBook, new HookFiles(home.folder(), home.settings().basePath()));
    LearningLog log = new LearningLog(this::recorder, () -> home.clock().instant());
    Consent consent = consent(home);
    Map<Phase, Step> steps = new EnumMap<>(Phase.class);
    steps.put(Phase.PATTERNS, new PatternsStep(store, digest::refresh, log));
    steps.put(Phase.INSIGHTS, new InsightsStep(store, digest::refresh, log));
    steps.put(
        Phase.RULES,
        new RulesStep(
            store, digest::refresh, book, trials, consent, log, () -> home.clock().instant()));
    steps.put(
        Phase.INSTRUCTIONS,
        new InstructionsStep(
            file == null ? file(home) : file,
            book,
            trials,
            new Undo(home.file("rules_undo")),
            consent));
    steps.put(Phase.ARCHIVE, archive);
    return new Revision(steps, reports(home));
  }

  private static BookLock lock(Home home) throws IOException {
    return BookLock.take(home.file("rules.lock"), PATIENCE)
        .orElseThrow(() ->
            new IOException(
                "another Flightlog is changing the rules of this home, for longer than "
                    + PATIENCE.toSeconds()
                    + " s; nothing was changed: try again"));
  }

  static Reports reports(Home home) {
    return new Reports(home.path().resolve("revisions"));
  }

  /** Without {@code revision.auto_run} a person decides everything. */
  static Consent consent(Home home) {
    return home.settings().flag(Setting.REVISION_AUTO_RUN)
        ? Consent.valueOf(home.settings().text(Setting.RULES_APPLY).toUpperCase(Locale.ROOT))
        : Consent.REVIEW;
  }

  private static Path file(Home home) {
    String told = home.settings().text(Setting.RULES_FILE);
    return Path.of(told.isEmpty() ? "CLAUDE.md" : told).toAbsolutePath().normalize();
  }

  /** When this home revises; empty when it does not by itself. */
  static Optional<RevisionSchedule> schedule(Home home) {
    return home.settings().text(Setting.REVISION_SCHEDULE).equals("off")
        ? Optional.empty()
        : Optional.of(always(home));
  }

  /** When weeks of this home are over for a revision. */
  static RevisionSchedule always(Home home) {
    String zone = home.settings().text(Setting.TIMEZONE);
    return new RevisionSchedule(
        DayOfWeek.valueOf(home.settings().text(Setting.REVISION_DAY).toUpperCase(Locale.ROOT)),
        LocalTime.parse(home.settings().text(Setting.REVISION_TIME)),
        zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone));
  }

  RevisionReport run(Week week, boolean dry) throws IOException {
    return revision.run(week, dry);
  }

  private FlightRecorder recorder() {
    FlightRecorder open = recorder;
    if (open == null) {
      open = FlightRecorder.open(home.recorderConfig());
      recorder = open;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    FlightRecorder open = recorder;
    if (open != null) {
      open.close();
    }
    if (lock != null) {
      lock.close();
    }
  }
}
