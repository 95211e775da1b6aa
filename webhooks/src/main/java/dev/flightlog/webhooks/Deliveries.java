package dev.flightlog.webhooks;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
import org.jspecify.annotations.Nullable;

/**
 * Every verified delivery, on disk before it is answered, in an SQLite file with {@code
 * synchronous=FULL}. A delivery is new when neither its id nor its body was seen before: GitHub and
 * Jira sign the body only, so that whoever has seen one request could send it again under another
 * id. When a delivery has been handled, its body is removed; id and hash stay for {@link #MEMORY}.
 *
 * <p>Writers do not wait for each other: whoever comes while a transaction is on its way to the
 * disk goes with the next one, all together ({@link Commits}). Safe for any thread.
 */
public final class Deliveries implements AutoCloseable {
  /** How long a delivery that was handled is known again. */
  static final Duration MEMORY = Duration.ofDays(30);

  private static final String[] SCHEMA = {
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
    "CREATE INDEX IF NOT EXISTS open ON deliveries(seq) WHERE body IS NOT NULL"
  };

  private final Path file;
  private final Commits commits;
  private final Connection reading;

  private Deliveries(Path file, Commits commits, Connection reading) {
    this.file = file;
    this.commits = commits;
    this.reading = reading;
  }

  /**
   * Opens the file, which is made, for its owner only, when it is not there.
   *
   * @throws DeliveriesException when that cannot be
   */
  public static Deliveries open(Path file) {
    try {
      OwnerOnly.createFile(file);
      Connection writing = connect(file);
      try (Statement statement = writing.createStatement()) {
        for (String sql : SCHEMA) {
          statement.execute(sql);
        }
        writing.setAutoCommit(false);
      } catch (SQLException e) {
        writing.close();
        throw e;
      }
      Connection reading = connect(file);
      return new Deliveries(file, new Commits(writing), reading);
    } catch (SQLException | IOException e) {
      throw new DeliveriesException(
          "the deliveries in "
              + file
              + " cannot be opened ("
              + e.getMessage()
              + "): make its folder writable, or move the file away",
          e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=10000");
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA trusted_schema=OFF");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
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

  /** The delivery is handled: its body goes. Does not wait; what is lost is handled once more. */
  void handled(long seq) {
    commits.submit(
        0,
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE deliveries SET body = NULL WHERE seq = ?")) {
            update.setLong(1, seq);
            return update.executeUpdate();
          }
        });
  }

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
  synchronized List<Long> open() {
    try (Statement statement = reading.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT seq FROM deliveries WHERE body IS NOT NULL ORDER BY seq")) {
      List<Long> all = new ArrayList<>();
      while (row.next()) {
        all.add(row.getLong(1));
      }
      return all;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** One that is not handled yet. */
  synchronized Optional<Delivery> find(long seq) {
    try (PreparedStatement select =
        reading.prepareStatement(
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
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private DeliveriesException failed(SQLException e) {
    return new DeliveriesException("the deliveries in " + file + " failed: " + e.getMessage(), e);
  }

  private static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  /** Waits for what was begun. */
  @Override
  public void close() {
    commits.close();
    try {
      reading.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
