package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.store.search.SearchIndex;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.contract.SearchAgreementContract;
import dev.flightlog.stores.contract.SearchContract;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.search.SearchIndexer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches as the contract has them, in an index of words that writes segments of a few rows. */
@Timeout(300)
class SmallSegmentsTest implements SearchContract, SearchAgreementContract {
  @TempDir Path folder;
  private int files;
  private Path db = Path.of("");

  @Override
  public EventStore freshStore() {
    db = folder.resolve(files++ + ".db");
    return SqliteStore.open(db, 1);
  }

  @Override
  public EventStore reference() {
    return new MemoryStore();
  }

  /** Each second time another writer goes on. */
  @Override
  public EventStore betweenAppends(EventStore store) {
    if (files++ % 2 == 0) {
      store.close();
      return SqliteStore.open(db, 1);
    }
    return store;
  }

  private static EventBatch batch(int from, int to) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < to; i++) {
      // Every third event is older than those before it.
      long micros = 1_700_000_000_000_000L + (i % 3 == 0 ? i * 10L : i * 1000L);
      String text = "common number" + i + (i % 700 == 0 ? " rare" : "") + " größe" + i % 7;
      Event.Builder event =
          Event.builder(
              EventIds.ofKey("e" + i), Timestamps.instant(micros), "tool_call", Category.EXECUTION);
      batch.add(Mode.NEW, event.details(Map.of("message", text)).build());
    }
    return batch;
  }

  private static List<SearchHit> found(EventStore store, String text, long limit) {
    ReadRequest among = ReadRequest.newestFirst(Filter.EVERYTHING).limit(limit);
    return store.search(Search.newest(SearchQuery.parse(text)), among).hits();
  }

  @Test
  void aSearchPutsManyRowsThatWereNeverIndexedIntoSegmentsUnlessAnotherWrites() {
    Path file = folder.resolve("never.db");
    int rows = 50_100;
    try (EventStore store = SqliteStore.open(file, SearchIndexer.NEVER)) {
      store.append(new Append(batch(0, rows)));
      assertThat(found(store, "rare", 100)).hasSize(72);
      assertThat(store.searchIndex().waiting()).isEqualTo(rows);
    }
    try (EventStore store = SqliteStore.open(file)) {
      try (EventStore other = SqliteStore.open(file, SearchIndexer.NEVER)) {
        other.append(new Append(batch(rows, rows + 1)));
        assertThat(found(store, "rare", 100)).hasSize(72);
        assertThat(store.searchIndex().waiting()).isEqualTo(rows + 1);
      }
      assertThat(found(store, "rare", 100)).hasSize(72);
      assertThat(store.searchIndex().waiting()).isZero();
      assertThat(found(store, "rare", 100)).hasSize(72);
    }
  }

  @Test
  void manyRowsGoIntoSegmentsAndAFrequentWordReadsOnlySome() {
    try (EventStore store = SqliteStore.open(folder.resolve("many.db"));
        EventStore reference = reference()) {
      for (int from = 0; from < 6000; from += 1000) {
        store.append(new Append(batch(from, from + 1000)));
        reference.append(new Append(batch(from, from + 1000)));
      }
      store.append(new Append(batch(100, 1100)));
      store.settle();
      assertThat(store.searchIndex())
          .matches(index -> index.events() == 6000 && index.waiting() == 0);
      for (String text : List.of("rare", "number4711", "common", "größe3 number7*", "nowhere")) {
        assertThat(found(store, text, 20)).as(text).isEqualTo(found(reference, text, 20));
      }
      long before = store.check().eventsRead();
      found(store, "common", 20);
      found(store, "nowhere", 20);
      assertThat(store.check().eventsRead() - before).isLessThan(200);
    }
  }

  @Test
  void rowsThatAnotherWriterLeftAreTakenInLater() {
    Path file = folder.resolve("left.db");
    for (int from = 0; from < 3000; from += 300) {
      try (EventStore store = SqliteStore.open(file)) {
        store.append(new Append(batch(from, from + 300)));
      }
    }
    try (EventStore store = SqliteStore.open(file)) {
      SearchIndex index = store.searchIndex();
      assertThat(index.events()).isPositive();
      assertThat(index.events() + index.waiting()).isEqualTo(3000);
      assertThat(found(store, "number2999", 20)).hasSize(1);
      assertThat(found(store, "rare", 20)).hasSize(5);
    }
  }

  @Test
  void withoutAnIndexOfWordsTheSameIsFoundAndLaterItIsMade() {
    Path file = folder.resolve("off.db");
    try (EventStore store = SqliteStore.open(file, false)) {
      store.append(new Append(batch(0, 3000)));
      store.settle();
      assertThat(store.searchIndex())
          .matches(index -> index.events() == 0 && index.waiting() == 3000 && index.bytes() == 0);
      assertThat(found(store, "rare", 20)).hasSize(5);
    }
    try (EventStore store = SqliteStore.open(file, true)) {
      store.append(new Append(batch(3000, 3300)));
      store.settle();
      assertThat(store.searchIndex())
          .matches(index -> index.events() == 3300 && index.waiting() == 0);
      assertThat(found(store, "number2999", 20)).hasSize(1);
    }
    try (EventStore store = SqliteStore.open(file, false)) {
      store.append(new Append(batch(3300, 6000)));
      store.forget(Filter.anywhere("number123"));
      store.settle();
      assertThat(store.searchIndex().waiting()).isEqualTo(2700);
      assertThat(found(store, "number2999", 20)).hasSize(1);
      assertThat(found(store, "number5999", 20)).hasSize(1);
    }
  }

  @Test
  void nothingOfWhatWasForgottenIsLeftInTheFile() throws Exception {
    Path file = folder.resolve("forget.db");
    try (SqliteStore store = SqliteStore.open(file, 1)) {
      store.append(new Append(batch(0, 500)));
      store.settle();
      store.forget(Filter.anywhere("number123"));
    }
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("number1").doesNotContain("number123");
  }
}
