package dev.flightlog.lifecycle;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Timestamps;
import dev.flightlog.lifecycle.LifecycleSettings.Places;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.archive.ArchiveFolder;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.lifecycle.archive.WeekArchive;
import dev.flightlog.lifecycle.files.FileOperations;
import dev.flightlog.lifecycle.frozen.Freezer;
import dev.flightlog.lifecycle.journals.JournalMover;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.archive.Released;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How events age in a home.
 *
 * <pre>
 *   hot      journals and rows of the index
 *   warm     rows; the lines of the journals stand in the archive of their week
 *   cold     the archive; the sums of the index go on answering
 *   frozen   sums, and a summary a quarter; what was imported keeps its archive
 * </pre>
 *
 * <p>Nothing is deleted before what takes its place was written, forced and read back; a run that
 * ended anywhere is completed by the next. For one thread and one process at a time; blocks. Fails
 * with {@link LifecycleException}, {@link ArchiveException} or as the store does.
 */
public final class Lifecycle {
  private final EventStore store;
  private final Places places;
  private final LifecycleSettings settings;
  private final FileOperations files;
  private final Archives archives;
  private final JournalMover journals;
  private final AgingRows rows;

  /** Of a store that keeps all its rows only the files of the home age. */
  public Lifecycle(
      EventStore store, Places places, LifecycleSettings settings, FileOperations files) {
    this.store = store;
    this.places = places;
    this.settings = settings;
    this.files = files;
    this.archives = new Archives(new ArchiveFolder(places.archives(), files));
    this.journals = new JournalMover(store, places.journals(), archives, files);
    this.rows =
        store
            .rowReleases()
            .<AgingRows>map(releases -> new RowMover(store, releases, archives))
            .orElseGet(() -> new StandingRows(store.rowExpiry(), settings.standing()));
  }

  /** The archives of this home. */
  public Archives archives() {
    return archives;
  }

  /** How many bytes journals take, and the index of the home when it has one. */
  public long activeBytes() {
    return rows.bytesOnDisk()
        + journals.bytesByDay().values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Says why a run should wait for a person; empty when there is no reason.
   *
   * @throws LifecycleException when what the last run noted cannot be read
   */
  public Optional<String> objection(Instant now) {
    Optional<String> clock = Guard.clock(now, state().lastRun(), store);
    return clock
        .or(() -> Guard.frozen(freezing(now)))
        .or(() -> Guard.expiring(rows.due(now), store, settings));
  }

  /**
   * Moves on what is old enough.
   *
   * @param confirmed a person has seen the {@link #objection}
   * @throws LifecycleException with the objection, when there is one and nobody confirmed it
   */
  public LifecycleRun run(Instant now, boolean confirmed) {
    begin();
    Optional<String> objection = objection(now);
    if (objection.isPresent() && !confirmed) {
      throw new LifecycleException(objection.get());
    }
    TreeSet<Week> written = new TreeSet<>();
    LifecycleState state = state();
    for (String session : state.deleting()) {
      new SessionDeletion(this, store, places.journals(), files).delete(session);
    }
    state.thawed().values().removeIf(since -> !now.isBefore(since.plus(settings.thawed())));
    LocalDate hot = now.minus(settings.hot()).atZone(ZoneOffset.UTC).toLocalDate();
    JournalMover.Moved moved = journals.move(hot);
    written.addAll(moved.weeks());
    long released = 0;
    long warm = Timestamps.of(now.minus(settings.warm()));
    for (Week week : weeksWithRows(warm)) {
      if (week.until() <= warm && !state.thawed().containsKey(week)) {
        released += rows.release(week, week.since(), week.until());
        written.add(week);
      }
    }
    if (released > 0) {
      rows.compact();
    }
    long expired = rows.expire(now);
    Cap cap = new Cap(this, store, rows, journals, settings.capBytes());
    Cap.Outcome capped = cap.enforce(now, written);
    List<Week> frozen = freezing(now);
    if (!frozen.isEmpty()) {
      new Freezer(store, archives, places.summaries(), files).freeze(frozen);
    }
    note(new LifecycleState(now, state.thawed(), new TreeSet<>()));
    return new LifecycleRun(
        moved.journals() + capped.journals(),
        released + capped.rows(),
        expired,
        List.copyOf(written),
        frozen,
        activeBytes(),
        settings.capBytes(),
        capped.notes());
  }

  /** Completes what was begun, and becomes the writer of the index. */
  private void begin() {
    store.append(new Append(new EventBatch()));
    archives.folder().recover();
  }

  /** The weeks that have rows, oldest first, up to this time. */
  private List<Week> weeksWithRows(long until) {
    List<Week> weeks = new ArrayList<>();
    OptionalLong first = rows.first(Long.MIN_VALUE);
    while (first.isPresent() && first.getAsLong() < until) {
      Week week = Week.of(Math.max(0, first.getAsLong()));
      weeks.add(week);
      first = rows.first(week.until());
    }
    return weeks;
  }

  /** The weeks whose own events are old enough for a summary, and have no rows any more. */
  private List<Week> freezing(Instant now) {
    if (!rows.freeze()) {
      return List.of();
    }
    Instant before = now.atZone(ZoneOffset.UTC).minus(settings.cold()).toInstant();
    List<Week> weeks = new ArrayList<>();
    for (WeekArchive archive : archives.folder().list()) {
      Week week = archive.week();
      if (archive.own() > 0 && !week.end().isAfter(before) && hasNoRows(week, now)) {
        weeks.add(week);
      }
    }
    return weeks;
  }

  /** Also true before a run that will release its rows. */
  private boolean hasNoRows(Week week, Instant now) {
    Instant thawed = state().thawed().get(week);
    return thawed == null || !now.isBefore(thawed.plus(settings.thawed()));
  }

  /**
   * Takes the rows of archived weeks back into the index, until a run after {@link
   * LifecycleSettings#thawed} moves them on again.
   *
   * @return how many rows came back
   * @throws ArchiveException when one of the archives is not there or damaged; then none of its
   *     rows came back
   */
  public long thaw(List<Week> weeks, Instant now) {
    begin();
    long back = 0;
    for (Week week : weeks) {
      if (week.since() >= Timestamps.of(now)) {
        throw new LifecycleException(week + " lies in the future: there is nothing to thaw");
      }
      Released released = store.released(week.since(), week.until());
      if (released.events() == 0) {
        continue;
      }
      refuseFrozen(week, released.events());
      LifecycleState state = state();
      state.thawed().put(week, now);
      note(state);
      back += rows.reinstate(week);
    }
    return back;
  }

  /** Of a frozen week the sums stay as they are, so that what is left of it cannot have rows. */
  private void refuseFrozen(Week week, long released) {
    WeekArchive archive = archives.folder().find(week).orElse(null);
    if (new WeekState(week, archive, released, false).temperature().equals("frozen")) {
      throw new LifecycleException(
          week
              + (archive == null
                  ? " has no archive: it is frozen, so that only its sums and the summaries in "
                      + places.summaries()
                      + " are left, or the file was removed from "
                      + places.archives()
                  : " is frozen: of our own events sums and summaries are left, and "
                      + archive.others()
                      + " imported events, which can be read with: flightlog archive restore "
                      + week));
    }
  }

  /**
   * Deletes a session for good: from index, sums, journals and archives. It is not taken in again.
   *
   * @throws ArchiveException when an archive that may hold it is damaged; then nothing is deleted
   */
  public SessionDeletion.Deleted delete(String session, Instant now) {
    begin();
    LifecycleState state = state();
    state.deleting().add(session);
    note(state);
    SessionDeletion.Deleted deleted =
        new SessionDeletion(this, store, places.journals(), files).delete(session);
    state.deleting().remove(session);
    note(state);
    return deleted;
  }

  /** Takes a week back for as long as something is done with it. */
  void takeBack(Week week) {
    rows.reinstate(week);
  }

  /** Moves the rows of a week on, however old they are. */
  void releaseAgain(Week week) {
    rows.release(week, week.since(), week.until());
  }

  /** What a run would do now; of the cap only whether it is exceeded. */
  public LifecycleRun preview(Instant now) {
    LocalDate hot = now.minus(settings.hot()).atZone(ZoneOffset.UTC).toLocalDate();
    TreeSet<Week> weeks = new TreeSet<>();
    long journalsDue = journals.due(hot, weeks);
    long warm = Timestamps.of(now.minus(settings.warm()));
    LifecycleState state = state();
    long rowsDue = 0;
    for (Week week : weeksWithRows(warm)) {
      Instant thawed = state.thawed().get(week);
      if (week.until() <= warm
          && (thawed == null || !now.isBefore(thawed.plus(settings.thawed())))) {
        rowsDue += rows.count(week.since(), week.until());
        weeks.add(week);
      }
    }
    long active = activeBytes();
    List<String> notes = new ArrayList<>();
    objection(now).ifPresent(notes::add);
    if (settings.capBytes() > 0 && active > settings.capBytes()) {
      notes.add("above the cap, so that the oldest days would move on besides");
    }
    return new LifecycleRun(
        journalsDue,
        rowsDue,
        rows.due(now),
        List.copyOf(weeks),
        freezing(now),
        active,
        settings.capBytes(),
        notes);
  }

  /** The weeks of which something is archived, with what is known of each. */
  public TreeMap<Week, WeekState> weeks() {
    TreeMap<Week, WeekState> all = new TreeMap<>();
    Set<Week> thawed = state().thawed().keySet();
    for (WeekArchive archive : archives.folder().list()) {
      all.put(
          archive.week(),
          WeekState.of(archive.week(), archive, thawed.contains(archive.week()), store));
    }
    Released released = store.released(Long.MIN_VALUE, Long.MAX_VALUE);
    if (released.events() > 0) {
      for (Week week = Week.of(released.since());
          week.since() < released.until();
          week = week.next()) {
        WeekState state = WeekState.of(week, null, thawed.contains(week), store);
        if (state.released() > 0) {
          all.putIfAbsent(week, state);
        }
      }
    }
    return all;
  }

  private LifecycleState state() {
    try {
      return LifecycleState.read(places.state());
    } catch (IOException e) {
      throw new LifecycleException(places.state() + " cannot be read: " + e, e);
    }
  }

  private void note(LifecycleState state) {
    try {
      state.write(places.state(), files);
    } catch (IOException e) {
      throw new LifecycleException(places.state() + " cannot be written: " + e, e);
    }
  }

  /** The archives that were written of these days; for the cap. */
  long moveDay(Week week, long since, long until, Set<Week> written) {
    written.add(week);
    return rows.release(week, since, until);
  }
}
