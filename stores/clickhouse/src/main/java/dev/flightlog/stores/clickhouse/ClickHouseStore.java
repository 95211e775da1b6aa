package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Health;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.Tombstones;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowExpiry;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.servers.StoreCheck;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.store.sql.SqlStore;
import dev.flightlog.stores.clickhouse.MatchingEvents.Found;
import dev.flightlog.stores.clickhouse.asking.AskedStatement;
import dev.flightlog.stores.clickhouse.asking.RateTable;
import dev.flightlog.stores.clickhouse.asking.ReadAggregate;
import dev.flightlog.stores.clickhouse.health.ServerChecks;
import dev.flightlog.stores.clickhouse.health.StoreHealth;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.ReadingQuery;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.pages.KeyedPages;
import dev.flightlog.stores.clickhouse.rollups.ExpiryTime;
import dev.flightlog.stores.clickhouse.rollups.ReplacedBuilds;
import dev.flightlog.stores.clickhouse.rollups.SumBuilder;
import dev.flightlog.stores.clickhouse.rollups.SumColumns;
import dev.flightlog.stores.clickhouse.rollups.SumReader;
import dev.flightlog.stores.clickhouse.rollups.Worth;
import dev.flightlog.stores.clickhouse.search.WordIndex;
import dev.flightlog.stores.clickhouse.search.WordSearch;
import dev.flightlog.stores.clickhouse.sql.AggregateSql;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Events in ClickHouse. Many programs on many machines may open the same store and append to it at
 * once; in one program appends come one after another. See docs/guide/cluster.md.
 */
public final class ClickHouseStore implements SqlStore {
  private static final Duration LOOK_FOR_A_SERVER = Duration.ofSeconds(20);

  /** No answer takes longer. */
  private static final Duration READERS = Duration.ofMinutes(30);

  private static final int APPEND_SIZE = 65_536;

  private final ServerConnection connection;
  private final TableNames names;
  private final Versions versions;
  private final TombstoneTable tombstones;
  private final Eraser eraser;
  private final Appending appending;
  private final MarkTable marks;
  private final Feed feed;
  private final SumReader sums;
  private final SumBuilder builder;
  private final Expiry expiry;
  private final ReplacedBuilds replaced;
  private final AtomicLong eventsRead = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final boolean lost;
  private volatile boolean closed;

  private ClickHouseStore(ServerConnection connection, Schema.State state, LongSupplier clock) {
    this.connection = connection;
    this.versions = new Versions(clock);
    this.lost = state.lost();
    this.names = new TableNames(connection.servers());
    ExpiryTime expiryTime = new ExpiryTime(connection, names.sums());
    this.tombstones = new TombstoneTable(connection, expiryTime);
    this.eraser = new Eraser(connection, names);
    this.appending = new Appending(connection, tombstones, eraser, versions);
    this.marks = new MarkTable(connection, names, versions, eraser, clock);
    this.feed = new Feed(connection, state.feed(), eventsRead);
    this.sums = new SumReader(connection, names.sums(), eventsRead);
    this.builder =
        new SumBuilder(
            connection,
            names.sums(),
            new Worth(connection.servers().sumsFrom()),
            feed::horizon,
            () -> versions.after(0),
            expiryTime::asked);
    this.expiry = new Expiry(connection, expiryTime, tombstones, builder, writing);
    this.replaced = new ReplacedBuilds(connection, names.sums(), READERS);
  }

  static ClickHouseStore open(Servers servers) {
    return open(servers, true, LOOK_FOR_A_SERVER, System::currentTimeMillis);
  }

  static ClickHouseStore openForReading(Servers servers) {
    return open(servers, false, LOOK_FOR_A_SERVER, System::currentTimeMillis);
  }

  /**
   * Opens it.
   *
   * @param patience how long a server is looked for that can do what is asked
   * @param clock milliseconds since 1970, as this machine has them
   */
  static ClickHouseStore open(
      Servers servers, boolean writable, Duration patience, LongSupplier clock) {
    ServerConnection connection = new ServerConnection(servers, patience);
    try {
      Schema schema = new Schema(connection);
      Schema.State state = writable ? schema.migrate() : schema.requireVersion();
      return new ClickHouseStore(connection, state, clock);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Appended append(Append append) {
    enter();
    try {
      Appended appended = appending.rows(append);
      marks.keep(append.marks());
      return appended;
    } finally {
      writing.unlock();
    }
  }

  /** Each append makes parts of tables, which have to be merged. */
  @Override
  public int appendSize() {
    return APPEND_SIZE;
  }

  private void enter() {
    goOn();
    try {
      writing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
    }
  }

  @Override
  public Map<String, String> marks(String prefix) {
    goOn();
    return marks.of(prefix);
  }

  @Override
  public Map<String, String> marksOf(Collection<String> keys) {
    goOn();
    return marks.of(keys);
  }

  @Override
  public Set<String> markKeys(String prefix) {
    goOn();
    return marks.keys(prefix);
  }

  @Override
  public Map<String, String> marksOfMachines(String key) {
    goOn();
    return marks.ofMachines(key);
  }

  @Override
  public Changes changes(Cursor after, Filter filter, int most) {
    goOn();
    return feed.behind(after, filter, most);
  }

  @Override
  public Cursor latest() {
    goOn();
    return feed.latest();
  }

  @Override
  public Forgotten forget(Filter filter) {
    enter();
    try {
      tombstones.refresh();
      List<Found> found = new MatchingEvents(connection, names).of(filter);
      List<String> events = new ArrayList<>();
      List<String> waiting = new ArrayList<>();
      found.forEach(each -> (each.aside() ? waiting : events).add(each.id()));
      tombstones.add(events, waiting, Tombstones.namedBy(filter));
      appending.bury(
          found.stream().map(each -> new Position(each.micros(), each.id())).toList(),
          found.stream().mapToLong(Found::version).max().orElse(0));
      eraser.erase(found.stream().map(Found::id).toList());
      return new Forgotten(events.size(), waiting.size());
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Tombstones tombstones() {
    enter();
    try {
      tombstones.refresh();
      return tombstones.all();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Answer read(ReadRequest request) {
    goOn();
    if (request.limit() == 0) {
      return new Answer(Stream.empty(), Filter.EVERYTHING);
    }
    FilterSql where = FilterSql.of(request.filter());
    if (request.limit() <= LimitedPages.MOST && where.unmet() instanceof Filter.Everything) {
      KeyedPages keyed = new KeyedPages(connection, names.name("events"), request.patience());
      LimitedPages some = new LimitedPages(keyed, where.sql(), request, eventsRead);
      return new Answer(StreamSupport.stream(some, false), Filter.EVERYTHING);
    }
    EventPages pages = new EventPages(connection, names, request, eventsRead);
    return new Answer(StreamSupport.stream(pages, false).onClose(pages::close), pages.unmet());
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    goOn();
    among.requireSearchable(search.order());
    return new WordSearch(connection, names.sums(), eventsRead).search(search, among);
  }

  @Override
  public SearchIndex searchIndex() {
    goOn();
    return new WordIndex(connection, names.sums()).size();
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    goOn();
    if (SumReader.answers(aggregate)) {
      return Row.inOrder(sums.rows(aggregate), aggregate);
    }
    if (!AggregateSql.isMet(aggregate)) {
      return ReadAggregate.of(this, aggregate);
    }
    List<Row> rows = new ArrayList<>();
    Query query =
        ReadingQuery.of(
            AggregateSql.of(aggregate, names.name("events") + " FINAL"), aggregate.patience());
    try (RowReader in = RowReader.of(connection, query)) {
      while (in.next()) {
        rows.add(AggregateSql.read(aggregate, in));
      }
    }
    return Row.inOrder(rows, aggregate);
  }

  @Override
  public SqlAnswer sql(String statement, int limit, Duration patience) {
    goOn();
    return new AskedStatement(connection).run(statement, limit, patience);
  }

  @Override
  public void price(ModelRates.Source rates) {
    goOn();
    new RateTable(connection, names.name("rates"))
        .keep(
            aggregate(RateTable.CALLS),
            rates,
            versions::after,
            insert -> Inserts.run(connection, insert, UUID.randomUUID().toString()));
  }

  @Override
  public RolledUp rolledUp() {
    return SumColumns.ROLLED_UP;
  }

  @Override
  public Released released(long since, long until) {
    goOn();
    return expiry.released(this, since, until);
  }

  @Override
  public Optional<RowExpiry> rowExpiry() {
    goOn();
    return Optional.of(expiry);
  }

  @Override
  public Optional<Leases> leases() {
    goOn();
    return Optional.of(new LeaseTable(connection, names, versions));
  }

  @Override
  public void settle() {
    enter();
    try {
      appending.settle();
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void rollUp() {
    goOn();
    try {
      builder.build();
      replaced.condition().ifPresent(eraser::eraseBuilt);
    } catch (StoreException e) {
      // Nothing depends on sums but speed; whoever rolls up next makes them.
      if (!e.worthRetrying()) {
        throw e;
      }
    }
  }

  @Override
  public Optional<String> begunAnew() {
    return lost
        ? Optional.of(
            connection.servers()
                + ": a table of events was dropped; it was made again, and each machine takes in its"
                + " journals and sources anew")
        : Optional.empty();
  }

  @Override
  public List<StoreCheck> checkServers() {
    return ServerChecks.of(connection.servers(), "version " + Schema.VERSION);
  }

  @Override
  public Health check() {
    return closed
        ? new Health(false, connection.servers() + " was closed", -1, -1, eventsRead.get())
        : StoreHealth.of(connection, names.countAside(), sums, eventsRead);
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        appending.settle();
      }
    } catch (StoreException e) {
      // No server answers now; whoever appends next looks at it.
    } finally {
      connection.close();
      writing.unlock();
    }
  }

  private void goOn() {
    if (closed) {
      throw new StoreException(Kind.CLOSED, "this store was closed; open another one");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(Kind.STOPPED, "the thread was interrupted");
    }
  }
}
