package dev.flightlog.webhooks;

import dev.flightlog.tasks.Outage;
import dev.flightlog.tasks.database.DurableDatabase;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Every verified delivery, on disk before it is answered, in an SQLite file with {@code
 * synchronous=FULL}. A delivery is new when neither its id nor its body was seen before: GitHub and
 * Jira sign the body only, so that whoever has seen one request could send it again under another
 * id. When a delivery has been handled, its body is removed; id and hash stay for {@link #MEMORY}.
 *
 * <p>Writers do not wait for each other: whoever comes while a transaction is on its way to the
 * disk goes with the next one, all together ({@link GroupCommit}). Safe for any thread.
 */
public final class Deliveries implements AutoCloseable {
  /** How long a delivery that was handled is known again. */
  static final Duration MEMORY = Duration.ofDays(30);

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS deliveries (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            provider TEXT NOT NULL,
            delivery_id TEXT NOT NULL,
            body_hash TEXT NOT NULL,
            event TEXT NOT NULL,
            received_us INTEGER NOT NULL,
            validated_us INTEGER NOT NULL,
            body BLOB,
            UNIQUE(provider, delivery_id),
            UNIQUE(provider, body_hash))
          """,
          """
          CREATE TABLE IF NOT EXISTS subjects (
            provider TEXT NOT NULL,
            subject TEXT NOT NULL,
            delivery_id TEXT NOT NULL,
            claimed_us INTEGER NOT NULL,
            PRIMARY KEY(provider, subject)) WITHOUT ROWID
          """,
          "CREATE INDEX IF NOT EXISTS open ON deliveries(seq) WHERE body IS NOT NULL",
          "CREATE TABLE IF NOT EXISTS set_aside (seq INTEGER PRIMARY KEY, reason TEXT, at_us INTEGER)",
          "CREATE TABLE IF NOT EXISTS probe (id INTEGER PRIMARY KEY, filler BLOB)");

  /** More than is left on a disk that is full, so that a trial tells. */
  private static final int PROBE_BYTES = 64 * 1024;

  private final GroupCommit commits;
  private final DurableDatabase reading;
  private final Outage outage;

  private Deliveries(GroupCommit commits, DurableDatabase reading, Outage outage) {
    this.commits = commits;
    this.reading = reading;
    this.outage = outage;
  }

  /**
   * Opens the file, which is made, for its owner only, when it is not there.
   *
   * @param messages told when deliveries cannot be kept any more, and when they can again
   * @throws DeliveriesException when that cannot be
   */
  public static Deliveries open(Path file, Consumer<String> messages) {
    return open(file, messages, () -> free(file.toAbsolutePath().resolveSibling(".").toFile()));
  }

  /** The same, with the bytes that the disk has left told by another. */
  static Deliveries open(Path file, Consumer<String> messages, LongSupplier free) {
    try {
      DurableDatabase writing = DurableDatabase.open(file, SCHEMA);
      Outage outage = new Outage("keeping deliveries", messages);
      return new Deliveries(
          new GroupCommit(writing, outage, free), DurableDatabase.open(file, SCHEMA), outage);
    } catch (SQLException e) {
      throw new DeliveriesException(
          "the deliveries in "
              + file
              + " cannot be opened ("
              + e.getMessage()
              + "): make its folder writable, or move the file away",
          e);
    }
  }

  /** What the disk of this folder has left; a disk that does not tell its size has enough. */
  private static long free(File folder) {
    return folder.getTotalSpace() == 0 ? Long.MAX_VALUE : folder.getUsableSpace();
  }

  /**
   * Why deliveries cannot be kept now; nothing when they can. Tries it, when the last one failed or
   * asked to.
   */
  Optional<String> complaint(boolean trial) {
    if (trial || outage.reason().isPresent()) {
      try {
        commits.run(
            0,
            connection -> {
              try (PreparedStatement insert =
                  connection.prepareStatement("INSERT OR REPLACE INTO probe VALUES(1, ?)")) {
                insert.setBytes(1, new byte[PROBE_BYTES]);
                return insert.executeUpdate();
              }
            });
        commits.run(
            0,
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate("DELETE FROM probe");
              }
            });
      } catch (DeliveriesException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return outage.reason();
  }

  /** What is known of a delivery after it was kept. */
  record Kept(long seq, boolean isNew) {}

  /**
   * Keeps a delivery; it survives a power cut when this returns. Blocks for the disk.
   *
   * @throws DeliveriesException when it could not be kept, {@link DeliveriesException#isOverload}
   *     when only because too many wait
   */
  Kept keep(Delivery delivery) {
    return commits.run(
        delivery.body().length,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO deliveries(provider, delivery_id, body_hash, event, received_us,"
                      + " validated_us, body) VALUES(?,?,?,?,?,?,?) ON CONFLICT DO NOTHING"
                      + " RETURNING seq")) {
            insert.setString(1, delivery.provider());
            insert.setString(2, delivery.id());
            insert.setString(3, delivery.bodyHash());
            insert.setString(4, delivery.event());
            insert.setLong(5, micros(delivery.received()));
            insert.setLong(6, micros(delivery.validated()));
            insert.setBytes(7, delivery.body());
            try (ResultSet row = insert.executeQuery()) {
              return row.next() ? new Kept(row.getLong(1), true) : new Kept(0, false);
            }
          }
        });
  }

  /**
   * Makes a subject this delivery's, unless it is another one's.
   *
   * @return whose it is; on disk when this returns
   */
  String claim(Delivery delivery, String subject, Instant now) {
    return commits.run(
        0,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO subjects VALUES(?,?,?,?) ON CONFLICT DO UPDATE"
                      + " SET delivery_id = delivery_id RETURNING delivery_id")) {
            insert.setString(1, delivery.provider());
            insert.setString(2, subject);
            insert.setString(3, delivery.id());
            insert.setLong(4, micros(now));
            try (ResultSet row = insert.executeQuery()) {
              row.next();
              return row.getString(1);
            }
          }
        });
  }

  /** The delivery is handled: its body goes. Does not wait for the disk. */
  CompletableFuture<Integer> handled(long seq) {
    return commits.submit(
        0,
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE deliveries SET body = NULL WHERE seq = ?")) {
            update.setLong(1, seq);
            return update.executeUpdate();
          }
        });
  }

  /** Nobody can handle this delivery: it stays as it is, and is not taken up again. */
  void setAside(long seq, String reason, Instant now) {
    commits.run(
        0,
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT OR REPLACE INTO set_aside VALUES(?, ?, ?)")) {
            insert.setLong(1, seq);
            insert.setString(2, reason);
            insert.setLong(3, micros(now));
            return insert.executeUpdate();
          }
        });
  }

  /**
   * What waits in the file.
   *
   * @param open how many deliveries are kept and not handled
   * @param oldest when the oldest of them came
   * @param setAside those that nobody could handle, with their reasons
   */
  public record State(long open, Optional<Instant> oldest, List<String> setAside) {}

  /** What waits. Blocks for the disk. */
  public State state() {
    try {
      return reading.read(connection -> {
        List<String> aside = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery(
                    "SELECT provider || ' ' || delivery_id || ': ' || reason FROM set_aside"
                        + " JOIN deliveries USING (seq) ORDER BY seq")) {
          while (row.next()) {
            aside.add(String.valueOf(row.getString(1)));
          }
        }
        try (Statement statement = connection.createStatement();
            ResultSet row =
                statement.executeQuery("SELECT count(*), min(received_us) FROM " + OPEN)) {
          row.next();
          long open = row.getLong(1);
          return new State(
              open,
              open == 0
                  ? Optional.empty()
                  : Optional.of(Instant.EPOCH.plus(row.getLong(2), ChronoUnit.MICROS)),
              aside);
        }
      });
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static final String OPEN =
      "deliveries WHERE body IS NOT NULL AND seq NOT IN (SELECT seq FROM set_aside)";

  /** Forgets what was handled, or claimed, before this moment. */
  int forget(Instant before) {
    return commits.run(
        0,
        connection -> {
          try (PreparedStatement deliveries =
                  connection.prepareStatement(
                      "DELETE FROM deliveries WHERE body IS NULL AND received_us < ?");
              PreparedStatement subjects =
                  connection.prepareStatement("DELETE FROM subjects WHERE claimed_us < ?")) {
            deliveries.setLong(1, micros(before));
            subjects.setLong(1, micros(before));
            subjects.executeUpdate();
            return deliveries.executeUpdate();
          }
        });
  }

  /** Those that are kept and not handled, in the order in which they came. */
  List<Long> open() {
    try {
      return reading.read(connection -> {
        List<Long> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
            ResultSet row = statement.executeQuery("SELECT seq FROM " + OPEN + " ORDER BY seq")) {
          while (row.next()) {
            all.add(row.getLong(1));
          }
        }
        return all;
      });
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** One that is not handled yet. */
  Optional<Delivery> find(long seq) {
    try {
      return reading.read(connection -> find(connection, seq));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Optional<Delivery> find(Connection connection, long seq) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT provider, delivery_id, event, body_hash, received_us, validated_us, body"
                + " FROM deliveries WHERE seq = ? AND body IS NOT NULL")) {
      select.setLong(1, seq);
      try (ResultSet row = select.executeQuery()) {
        byte @Nullable [] body = row.next() ? row.getBytes(7) : null;
        return body == null
            ? Optional.empty()
            : Optional.of(
                new Delivery(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    Instant.EPOCH.plus(row.getLong(5), ChronoUnit.MICROS),
                    Instant.EPOCH.plus(row.getLong(6), ChronoUnit.MICROS),
                    body));
      }
    }
  }

  private DeliveriesException failed(SQLException e) {
    return new DeliveriesException(
        "the deliveries in " + reading.file() + " failed: " + e.getMessage(), e);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Waits for what was begun. */
  @Override
  public void close() {
    commits.close();
    reading.close();
  }
}
