package dev.flightlog.stores.sqlite.rollups;

import dev.flightlog.event.EventBatch;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import dev.flightlog.stores.sqlite.sql.TextNumbers;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What a writer has added up and not saved yet, because it is cheaper to save for many appends at
 * once. Until then its hours count as stale: others read their rows, and after a crash they are
 * built anew. Not safe for several threads.
 */
public final class HeldSums {
  /** Cells that are held at most: some 130 MB. */
  private static final int MOST = 300_000;

  private final DatabaseConnection connection;
  private final Rollups rollups;
  private final TextNumbers texts;
  private final Accumulator accumulator = new Accumulator();
  private final Set<Long> changedHours = new HashSet<>();
  private final Set<Long> heldHours = new HashSet<>();

  /** Holds nothing yet, but knows which hours of the file are stale. */
  public HeldSums(DatabaseConnection connection, TextNumbers texts) throws SQLException {
    this.connection = connection;
    this.rollups = new Rollups(connection);
    this.texts = texts;
    changedHours.addAll(Rollups.staleHours(connection));
  }

  /**
   * Adds a row that is new.
   *
   * @param session the number of its session; 0 when it has none
   */
  public void add(EventBatch batch, int row, int session) {
    accumulator.add(batch, row, session);
  }

  /**
   * Adds the rows of a batch that are new. Does not touch the file, so another thread may do it
   * while the one that writes does nothing else with these sums.
   *
   * @param out rows that are passed over
   * @param sessions the numbers of their sessions
   */
  public void add(EventBatch batch, BitSet out, int[] sessions) {
    for (int row = out.nextClearBit(0); row < batch.size(); row = out.nextClearBit(row + 1)) {
      accumulator.add(batch, row, sessions[row]);
    }
  }

  /** Notes that an event of this time changed or went. Within a transaction. */
  public void changed(long micros) throws SQLException {
    changedHours.add(rollups.stale(micros));
  }

  /** Notes what is held, at the end of a transaction. */
  public void hold() throws SQLException {
    for (Accumulator.Hour hour : accumulator.hours()) {
      if (!changedHours.contains(hour.start()) && heldHours.add(hour.start())) {
        rollups.stale(hour.start());
      }
    }
  }

  /** True when so much is held that it should be saved. */
  public boolean isFull() {
    return accumulator.size() >= MOST;
  }

  /** True when there is nothing to save and nothing to build anew. */
  public boolean isEmpty() {
    return accumulator.isEmpty() && changedHours.isEmpty();
  }

  /** Saves what is held, in a transaction of its own. */
  public void save() throws SQLException {
    if (!accumulator.isEmpty()) {
      connection.<Boolean>transaction(() -> {
        rollups.add(accumulator);
        heldHours.removeAll(changedHours);
        rollups.fresh(heldHours);
        return true;
      });
    }
    accumulator.clear();
    heldHours.clear();
  }

  /** Builds anew what changed, in a transaction of its own. */
  public void repair() throws SQLException {
    if (!changedHours.isEmpty()) {
      connection.<Boolean>transaction(() -> {
        repairNow();
        return true;
      });
    }
  }

  /** The same within a transaction. Nothing may be held. */
  public void repairNow() throws SQLException {
    rollups.repair(texts);
    changedHours.clear();
  }

  /** Learns what the file has come to know by another way than this. */
  public void reload() throws SQLException {
    changedHours.addAll(Rollups.staleHours(connection));
  }
}
