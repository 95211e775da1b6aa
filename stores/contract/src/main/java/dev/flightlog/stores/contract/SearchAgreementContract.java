package dev.flightlog.stores.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.store.search.SearchQuery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random events and searches: the store finds what the reference finds. A failure names the seed
 * and the text.
 */
public interface SearchAgreementContract extends Stores {

  /** How many random worlds are searched. */
  default int searchedWorlds() {
    return Integer.getInteger("flightlog.worlds", 1);
  }

  /** What is done between two appends of a searched world, for instance opening the store again. */
  default EventStore betweenAppends(EventStore store) {
    return store;
  }

  @Test
  default void searchesAgreeWithTheReference() {
    for (long seed = 1; seed <= searchedWorlds(); seed++) {
      SearchWorld world = new SearchWorld(seed, 500);
      EventStore store = freshStore();
      try (EventStore reference = reference()) {
        for (int left = 700; left > 0; ) {
          EventBatch batch = new EventBatch();
          for (int i = Math.min(left, 1 + world.below(90)); i > 0; i--, left--) {
            batch.add(world.mode(), world.event());
          }
          assertThat(store.append(new Append(batch)))
              .isEqualTo(reference.append(new Append(batch)));
          if (world.below(4) == 0) {
            store.settle();
            store.rollUp();
          }
          if (world.below(9) == 0) {
            Filter some = Filter.and(world.filter(), Filter.is(Field.SESSION_ID, "s-3"));
            assertThat(store.forget(some)).isEqualTo(reference.forget(some));
          }
          store = betweenAppends(store);
          agree(
              world,
              store,
              reference,
              Math.max(1, some(6)),
              "seed " + seed + " with " + left + " left");
        }
        store.settle();
        store.rollUp();
        agree(world, store, reference, some(80), "seed " + seed);
      } finally {
        store.close();
      }
    }
  }

  private static void agree(
      SearchWorld world, EventStore store, EventStore reference, int searches, String where) {
    for (int i = 0; i < searches; i++) {
      SearchQuery query;
      String text = world.search();
      try {
        query = SearchQuery.parse(text);
      } catch (IllegalArgumentException e) {
        continue;
      }
      Search search = world.below(3) == 0 ? Search.relevant(query) : Search.newest(query);
      ReadRequest among =
          ReadRequest.newestFirst(world.filter())
              .limit(1 + world.below(world.below(2) == 0 ? 5 : 900));
      String as = where + " search " + i + ": " + text + " among " + among;
      SearchAnswer expected = reference.search(search, among);
      assertThat(store.search(search, among)).as(as).isEqualTo(expected);
      if (expected.more() && search.order() == Search.Order.NEWEST) {
        assertThat(walked(store, search, among))
            .as(as + " in pages")
            .isEqualTo(walked(reference, search, among));
      }
    }
  }

  private static List<SearchHit> walked(EventStore store, Search search, ReadRequest first) {
    List<SearchHit> all = new ArrayList<>();
    ReadRequest page = first.limit(first.limit() + 40);
    while (true) {
      SearchAnswer answer = store.search(search, page);
      all.addAll(answer.hits());
      if (!answer.more()) {
        return all;
      }
      page = page.after(Position.of(answer.hits().getLast().event()));
    }
  }
}
