package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Leases as rows of the table {@code marks}, under names that no machine can have:
 * docs/decisions/0080-lease-without-a-lock.md. A claim is a row of its own, so nobody overwrites
 * that of another; of the claims of the newest term the earliest by the clock of the store has the
 * lease. Safe for many threads.
 */
record LeaseTable(ServerConnection connection, TableNames names, Versions versions)
    implements Leases {
  private static final String CLAIMS = "#leases";
  private static final String DONE = "#work";

  /** So long after a claim was written nobody can come before it any more. */
  private static final Duration SETTLES = Duration.ofSeconds(1);

  /** The clocks of servers, and the way to them, differ by less. */
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  /**
   * A claim.
   *
   * @param micros when it was made, by the clock of the store
   * @param until when it ends, likewise
   */
  private record Claim(String key, String holder, long term, long micros, long until) {
    /** Null for what is no claim. */
    static @Nullable Claim of(String key, String value) {
      String[] parts = value.split(" ", 3);
      String[] names = key.split("/", 3);
      if (parts.length < 3 || names.length < 3) {
        return null;
      }
      try {
        return new Claim(
            key,
            parts[2],
            Long.parseLong(names[1]),
            Long.parseLong(parts[0]),
            Long.parseLong(parts[1]));
      } catch (NumberFormatException e) {
        return null;
      }
    }

    String value() {
      return micros + " " + until + " " + holder;
    }

    Claim until(long end) {
      return new Claim(key, holder, term, micros, end);
    }
  }

  /** What stands in the table, and the time there. */
  private record State(long now, List<Claim> claims) {
    long lastTerm() {
      return claims.stream().mapToLong(Claim::term).max().orElse(0);
    }

    /** The claim that has, or had, the lease last. */
    Optional<Claim> winner() {
      long term = lastTerm();
      return claims.stream()
          .filter(claim -> claim.term() == term)
          .min(Comparator.comparingLong(Claim::micros).thenComparing(Claim::key));
    }

    Optional<Claim> holding() {
      return winner().filter(claim -> claim.until() > now);
    }

    boolean isHeldBy(String key) {
      return winner().filter(claim -> claim.key().equals(key)).isPresent();
    }
  }

  @Override
  public Optional<Lease> acquire(String work, String holder, Duration length) {
    require(work);
    if (length.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException("a lease holds ten seconds or longer, not " + length);
    }
    long begun = System.nanoTime();
    State before = state(work);
    if (before.holding().isPresent()) {
      return Optional.empty();
    }
    long term = Math.max(before.lastTerm() + 1, before.now());
    term = before.claims().isEmpty() ? term : before.lastTerm() + 1;
    Claim claim =
        new Claim(
            work + "/" + term + "/" + UUID.randomUUID(),
            holder.replace('\n', ' '),
            term,
            before.now(),
            before.now() + SETTLES.toNanos() / 1000 + length.toNanos() / 1000);
    keep(CLAIMS, claim.key(), claim.value());
    long written = System.nanoTime();
    if (written - begun > SETTLES.toNanos()) {
      // Whoever looked meanwhile may not have seen it.
      keep(CLAIMS, claim.key(), null);
      return Optional.empty();
    }
    settle(written);
    if (!state(work).isHeldBy(claim.key())) {
      keep(CLAIMS, claim.key(), null);
      return Optional.empty();
    }
    forgetOld(before);
    return Optional.of(new Lease(work, claim.key(), term, begun + length.minus(MARGIN).toNanos()));
  }

  private static void settle(long since) {
    long end = since + SETTLES.toNanos();
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  /** Claims of terms before the last are nobody's business any more. */
  private void forgetOld(State before) {
    long last = before.lastTerm();
    before.claims().stream()
        .filter(claim -> claim.term() < last)
        .forEach(claim -> keep(CLAIMS, claim.key(), null));
  }

  @Override
  public Optional<Lease> renew(Lease lease, Duration length) {
    long begun = System.nanoTime();
    if (!lease.holds()) {
      return Optional.empty();
    }
    State now = state(lease.work());
    Optional<Claim> own = now.winner().filter(claim -> claim.key().equals(lease.holder()));
    if (own.isEmpty() || own.get().until() <= now.now()) {
      return Optional.empty();
    }
    Claim longer = own.get().until(now.now() + length.toNanos() / 1000);
    keep(CLAIMS, longer.key(), longer.value());
    long written = System.nanoTime();
    boolean inTime = written - begun < MARGIN.toNanos() && lease.holds();
    return inTime
        ? Optional.of(
            new Lease(
                lease.work(), lease.holder(), lease.term(), begun + length.minus(MARGIN).toNanos()))
        : Optional.empty();
  }

  @Override
  public void release(Lease lease) {
    State now = state(lease.work());
    now.winner()
        .filter(claim -> claim.key().equals(lease.holder()))
        .ifPresent(claim -> keep(CLAIMS, claim.key(), claim.until(now.now()).value()));
  }

  @Override
  public Optional<String> holder(String work) {
    require(work);
    return state(work).holding().map(Claim::holder);
  }

  @Override
  public boolean done(Lease lease, String item) {
    require(item);
    if (!lease.holds() || !state(lease.work()).isHeldBy(lease.holder())) {
      return false;
    }
    keep(DONE, lease.work() + "/" + item, Long.toString(lease.term()));
    return true;
  }

  @Override
  public Map<String, Long> done(String work) {
    require(work);
    Map<String, Long> items = new TreeMap<>();
    rows(
        DONE,
        work,
        (now, key, value) -> {
          if (!key.isEmpty()) {
            items.put(key.substring(work.length() + 1), Long.parseLong(value));
          }
        });
    return items;
  }

  private static void require(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("made of letters, digits and -, not " + name);
    }
  }

  private State state(String work) {
    List<Claim> claims = new ArrayList<>();
    long[] time = new long[1];
    rows(
        CLAIMS,
        work,
        (now, key, value) -> {
          time[0] = now;
          Claim claim = Claim.of(key, value);
          if (claim != null) {
            claims.add(claim);
          }
        });
    return new State(time[0], List.copyOf(claims));
  }

  private interface Take {
    void row(long now, String key, String value);
  }

  /** The rows of some work, and one without key before them, for the time. */
  private void rows(String machine, String work, Take take) {
    String time = "toUnixTimestamp64Micro(now64(6))";
    String sql =
        "SELECT "
            + time
            + ", '' AS key, '' AS value UNION ALL SELECT "
            + time
            + ", key, assumeNotNull(value) FROM "
            + names.name("marks")
            + " FINAL WHERE machine = "
            + Literals.text(machine)
            + " AND startsWith(key, "
            + Literals.text(work + "/")
            + ") AND value IS NOT NULL FORMAT RowBinary";
    Query query = Query.of(sql);
    if (connection.servers().replicated()) {
      query = query.with("select_sequential_consistency", "1");
    }
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        take.row(rows.whole(), rows.text(), rows.text());
      }
    }
  }

  private void keep(String machine, String key, @Nullable String value) {
    NativeBlock block = new NativeBlock().begin(4, 1);
    block.column("machine", "String").text(machine);
    block.column("key", "String").text(key);
    block.column("value", "Nullable(String)").nulls(value == null);
    block.text(value);
    block.column("version", "UInt64").whole(versions.after(0));
    Inserts.run(
        connection,
        "INSERT INTO " + names.name("marks") + " (machine, key, value, version) FORMAT Native",
        block.toByteArray(),
        UUID.randomUUID().toString());
  }
}
