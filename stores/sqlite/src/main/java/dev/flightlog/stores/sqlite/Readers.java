package dev.flightlog.stores.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections that read, used again and again; one that failed is closed by whoever had it and not
 * given back. Safe for many threads.
 */
final class Readers {
  private static final int MOST_IDLE = 4;

  private final Path db;
  private final Deque<Link> idle = new ArrayDeque<>();
  private final LongAdder eventsRead = new LongAdder();
  private boolean closed;

  Readers(Path db) {
    this.db = db;
  }

  /** A connection whose statements may work so long. */
  Link take(Duration patience) throws SQLException {
    Link link;
    synchronized (idle) {
      link = idle.poll();
    }
    if (link == null) {
      link = Link.open(db, true);
    }
    link.patience(patience);
    return link;
  }

  void giveBack(Link link) {
    eventsRead.add(link.takeEventsRead());
    synchronized (idle) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.push(link);
        return;
      }
    }
    link.close();
  }

  /** Closes those that nobody uses now. */
  void closeIdle() {
    synchronized (idle) {
      idle.forEach(Link::close);
      idle.clear();
    }
  }

  /** From now on those that are given back are closed. */
  void close() {
    synchronized (idle) {
      closed = true;
    }
    closeIdle();
  }

  /** How many events were read one by one. */
  long eventsRead() {
    return eventsRead.sum();
  }
}
