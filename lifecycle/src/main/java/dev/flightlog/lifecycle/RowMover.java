package dev.flightlog.lifecycle;

import dev.flightlog.event.Event;
import dev.flightlog.lifecycle.archive.Archives;
import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.archive.RowReleases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Moves rows of the index into the archives of their weeks, and takes them back. */
final class RowMover implements AgingRows {
  private final EventStore store;
  private final RowReleases releases;
  private final Archives archives;

  RowMover(EventStore store, RowReleases releases, Archives archives) {
    this.store = store;
    this.releases = releases;
    this.archives = archives;
  }

  @Override
  public OptionalLong first(long since) {
    try (Answer answer =
        store.read(ReadRequest.oldestFirst(new Filter.Time(since, Long.MAX_VALUE)).limit(1))) {
      return answer.events().mapToLong(Event::micros).findFirst();
    }
  }

  @Override
  public long count(long since, long until) {
    long known =
        store
            .aggregate(Aggregate.of(new Filter.Time(since, until), Measure.count()))
            .getFirst()
            .whole(0);
    return known - store.released(since, until).events();
  }

  @Override
  public long release(Week week, long since, long until) {
    Filter time = new Filter.Time(since, until);
    List<Answer> open = new ArrayList<>();
    Set<String> ids;
    try {
      ids = archives.addRows(week, () -> read(time, open));
    } finally {
      open.forEach(Answer::close);
    }
    return releases.release(since, until, ids);
  }

  private Iterator<Event> read(Filter time, List<Answer> open) {
    Answer answer = store.read(ReadRequest.oldestFirst(time));
    open.add(answer);
    return answer.events().iterator();
  }

  @Override
  public long reinstate(Week week) {
    return archives.events(week, events -> releases.reinstate(week.since(), week.until(), events));
  }

  @Override
  public long due(Instant now) {
    return 0;
  }

  @Override
  public long expire(Instant now) {
    return 0;
  }

  @Override
  public boolean freeze() {
    return true;
  }

  @Override
  public void compact() {
    releases.compact();
  }

  @Override
  public long bytesOnDisk() {
    return releases.bytesOnDisk();
  }
}
