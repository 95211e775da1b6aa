package dev.flightlog.store.view;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store that is asked through another one: every call goes to the store behind it, but for those
 * that the one who extends it answers otherwise. Threads, blocking and failures are those of the
 * store behind it, which is closed with this.
 */
public abstract class StoreView implements EventStore {
  private final EventStore behind;

  protected StoreView(EventStore behind) {
    this.behind = behind;
  }

  /** The store that everything goes to. */
  protected final EventStore behind() {
    return behind;
  }

  @Override
  public Appended append(Append append) {
    return behind.append(append);
  }

  @Override
  public int appendSize() {
    return behind.appendSize();
  }

  @Override
  public Map<String, String> marks(String prefix) {
    return behind.marks(prefix);
  }

  @Override
  public Map<String, String> marksOf(Collection<String> keys) {
    return behind.marksOf(keys);
  }

  @Override
  public Set<String> markKeys(String prefix) {
    return behind.markKeys(prefix);
  }

  @Override
  public Map<String, String> marksOfMachines(String key) {
    return behind.marksOfMachines(key);
  }

  @Override
  public Changes changes(Cursor after, Filter filter, int most) {
    return behind.changes(after, filter, most);
  }

  @Override
  public Changes changes(Cursor after, int most) {
    return behind.changes(after, most);
  }

  @Override
  public Cursor latest() {
    return behind.latest();
  }

  @Override
  public Forgotten forget(Filter filter) {
    return behind.forget(filter);
  }

  @Override
  public Tombstones tombstones() {
    return behind.tombstones();
  }

  @Override
  public Answer read(ReadRequest request) {
    return behind.read(request);
  }

  @Override
  public SearchAnswer search(Search search, ReadRequest among) {
    return behind.search(search, among);
  }

  @Override
  public SearchIndex searchIndex() {
    return behind.searchIndex();
  }

  @Override
  public List<Row> aggregate(Aggregate aggregate) {
    return behind.aggregate(aggregate);
  }

  @Override
  public RolledUp rolledUp() {
    return behind.rolledUp();
  }

  @Override
  public Released released(long since, long until) {
    return behind.released(since, until);
  }

  @Override
  public Optional<RowReleases> rowReleases() {
    return behind.rowReleases();
  }

  @Override
  public Optional<RowExpiry> rowExpiry() {
    return behind.rowExpiry();
  }

  @Override
  public Optional<Leases> leases() {
    return behind.leases();
  }

  @Override
  public void settle() {
    behind.settle();
  }

  @Override
  public void rollUp() {
    behind.rollUp();
  }

  @Override
  public void giveWay() {
    behind.giveWay();
  }

  @Override
  public Optional<String> begunAnew() {
    return behind.begunAnew();
  }

  @Override
  public List<StoreCheck> checkServers() {
    return behind.checkServers();
  }

  @Override
  public Health check() {
    return behind.check();
  }

  @Override
  public void close() {
    behind.close();
  }
}
