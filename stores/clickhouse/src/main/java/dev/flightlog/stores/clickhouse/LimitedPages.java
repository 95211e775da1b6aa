package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.ReadRequest.Order;
import dev.flightlog.stores.clickhouse.pages.KeyedPages;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of a read that ends after a few. For one thread; blocks. */
final class LimitedPages extends AbstractSpliterator<Event> {
  /** A read of more is a stream. */
  static final long MOST = 5_000;

  private final KeyedPages pages;
  private final String where;
  private final ReadRequest request;
  private final AtomicLong counted;
  private final Queue<Event> found = new ArrayDeque<>();
  private @Nullable Position last;
  private boolean done;
  private long given;

  /**
   * @param where the whole filter, in SQL
   */
  LimitedPages(KeyedPages pages, String where, ReadRequest request, AtomicLong counted) {
    super(request.limit(), ORDERED | NONNULL);
    this.pages = pages;
    this.where = where;
    this.request = request;
    this.counted = counted;
    this.last = request.after();
    fill();
  }

  private void fill() {
    while (found.isEmpty() && !done) {
      KeyedPages.Page page =
          pages.page(
              "1", where, request.order() == Order.OLDEST_FIRST, last, request.limit() - given);
      found.addAll(page.found());
      last = page.last();
      done = last == null;
    }
  }

  @Override
  public boolean tryAdvance(Consumer<? super Event> action) {
    if (given == request.limit()) {
      return false;
    }
    fill();
    Event event = found.poll();
    if (event == null) {
      return false;
    }
    given++;
    counted.incrementAndGet();
    action.accept(event);
    return true;
  }
}
