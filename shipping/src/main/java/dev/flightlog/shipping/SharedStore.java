package dev.flightlog.shipping;

import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Append;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Health;
import dev.flightlog.store.Mark;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.store.Row;
import dev.flightlog.store.Tombstones;
import dev.flightlog.store.archive.Released;
import dev.flightlog.store.archive.RowExpiry;
import dev.flightlog.store.archive.RowReleases;
import dev.flightlog.store.lease.Leases;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.servers.StoreCheck;
import dev.flightlog.store.sql.SqlStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store that many machines share, as one of them appends to it: every row goes through {@link
 * OutgoingRows}, so that nothing reaches the store by another way. Threads, blocking and failures
 * are those of the store behind it, which is closed with this.
 */
public class SharedStore implements EventStore {
  final EventStore store;
  private final Sender sender;
  private final @Nullable SealedMarks sealed;

  SharedStore(EventStore store, Sender sender, byte[] key) {
    this.store = store;
    this.sender = sender;
    this.sealed = sender.figuresOnly() ? new SealedMarks(key) : null;
  }

  /**
   * The store as this sender sees it; one that can be asked in SQL still can.
   *
   * @param key of this machine alone, 32 bytes by chance: what it keeps in the store for itself is
   *     encrypted under it when texts stay at home
   */
  public static EventStore of(EventStore store, Sender sender, byte[] key) {
    if (key.length != SealedMarks.KEY_BYTES) {
      throw new IllegalArgumentException("the key has " + key.length + " bytes instead of 32");
    }
    return store instanceof SqlStore sql
        ? new SharedSqlStore(sql, sender, key)
        : new SharedStore(store, sender, key);
  }

  @Override
  public Appended append(Append append) {
    SealedMarks seal = sealed;
    List<Mark> marks =
        seal == null ? append.marks() : append.marks().stream().map(seal::seal).toList();
    return store.append(
        append.events().isEmpty()
            ? new Append(append.events(), marks)
            : new Append(new OutgoingRows(sender).of(append.events()), marks));
  }

  @Override
  public Map<String, String> marks(String prefix) {
    SealedMarks seal = sealed;
    return seal == null
        ? store.marks(prefix)
        : seal.open(store.marks(SealedMarks.kind(prefix)), prefix);
  }

  @Override
  public Changes changes(Cursor after, Filter filter, int most) {
    return store.changes(after, filter, most);
  }

  @Override
  public Changes changes(Cursor after, int most) {
    return store.changes(after, most);
  }

  @Override
  public Cursor latest() {
    return store.latest();
  }

  @Override
  public Forgotten forget(Filter filter) {
    return store.forget(filter);
  }

  @Override
  public Tombstones tombstones() {
    return store.tombstones();
  }

  @Override
  public Answer read(ReadRequest request) {
    return store.read(request);
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    return store.search(search, among);
  }

  @Override
  public SearchIndex searchIndex() {
    return store.searchIndex();
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    return store.aggregate(aggregate);
  }

  @Override
  public RolledUp rolledUp() {
    return store.rolledUp();
  }

  @Override
  public Released released(long since, long until) {
    return store.released(since, until);
  }

  @Override
  public Optional<RowReleases> rowReleases() {
    return store.rowReleases();
  }

  @Override
  public Optional<RowExpiry> rowExpiry() {
    return store.rowExpiry();
  }

  @Override
  public Optional<Leases> leases() {
    return store.leases();
  }

  @Override
  public void settle() {
    store.settle();
  }

  @Override
  public void giveWay() {
    store.giveWay();
  }

  @Override
  public Optional<String> begunAnew() {
    return store.begunAnew();
  }

  @Override
  public Health check() {
    return store.check();
  }

  @Override
  public List<StoreCheck> checkServers() {
    return store.checkServers();
  }

  @Override
  public void close() {
    store.close();
  }
}
