package dev.flightlog.home.lifecycle;

import dev.flightlog.event.Field;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.lifecycle.Lifecycle;
import dev.flightlog.lifecycle.LifecycleRun;
import dev.flightlog.lifecycle.LifecycleSettings;
import dev.flightlog.lifecycle.LifecycleSettings.Places;
import dev.flightlog.lifecycle.SessionDeletion.Deleted;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;

/**
 * The lifecycle of a home, with everything taken in and learnt before rows go. For one thread;
 * blocks; fails as {@link Lifecycle} does.
 */
public final class HomeLifecycle {
  private final Home home;
  private final Index index;
  private final Lifecycle lifecycle;

  /**
   * Of an open index, which stays open.
   *
   * @throws HomeException when the home cannot be written
   */
  public HomeLifecycle(Index index) {
    this.home = index.home();
    this.index = index;
    if (!index.isWritable()) {
      throw new HomeException(
          home.path() + " cannot be written: nothing can be archived or taken back there");
    }
    this.lifecycle =
        new Lifecycle(index.store(), places(home), settings(home), FileOperations.DISK);
  }

  /** Where what stands in a home. */
  public static Places places(Home home) {
    return new Places(
        home.journals(), home.archives(), home.file("summaries"), home.file("lifecycle.json"));
  }

  private static LifecycleSettings settings(Home home) {
    Settings settings = home.settings();
    return new LifecycleSettings(
        Duration.ofDays(settings.number(Setting.HOT_DAYS)),
        Duration.ofDays(7L * settings.number(Setting.WARM_WEEKS)),
        Period.ofMonths(settings.number(Setting.COLD_MONTHS)),
        Duration.ofDays(settings.number(Setting.THAWED_DAYS)),
        Duration.ofDays(settings.number(Setting.STORE_DAYS)),
        (long) settings.number(Setting.CAP_MB) << 20);
  }

  /** The lifecycle itself, for what needs nothing taken in. */
  public Lifecycle lifecycle() {
    return lifecycle;
  }

  private Instant now() {
    return home.clock().instant();
  }

  /** What a run would do now. */
  public LifecycleRun preview() {
    index.takeInJournals();
    return lifecycle.preview(now());
  }

  /**
   * Moves on what is old enough.
   *
   * @param confirmed a person has seen what speaks against it
   */
  public LifecycleRun run(boolean confirmed) {
    index.takeInJournals();
    index.learn(Digest.Progress.NONE);
    return lifecycle.run(now(), confirmed);
  }

  /** Takes archived weeks back into the index; answers how many rows came. */
  public long thaw(List<Week> weeks) {
    return lifecycle.thaw(weeks, now());
  }

  /**
   * Deletes a session wherever it stands; one whose deletion was begun, or done, before is deleted
   * again.
   *
   * @throws HomeException when there is none, and then nothing is noted of it
   */
  public Deleted delete(String session) {
    index.takeInJournals();
    long copies = new Transcripts(home).forget(session);
    if (copies == 0 && !isKnown(session)) {
      throw new HomeException(
          "there is no session '"
              + SafeText.shortened(session, 80)
              + "' in "
              + home.path()
              + ": nothing was deleted; the whole ids of those that are there: flightlog ask"
              + " sessions --format csv");
    }
    return lifecycle.delete(session, now());
  }

  private boolean isKnown(String session) {
    ReadRequest one = ReadRequest.newestFirst(Filter.is(Field.SESSION_ID, session)).limit(1);
    return !index.store().read(one).finish(one).isEmpty()
        || index.store().tombstones().sessions().contains(session)
        || lifecycle.archives().folder().list().stream()
            .anyMatch(archive -> lifecycle.archives().holds(archive.week(), session));
  }
}
