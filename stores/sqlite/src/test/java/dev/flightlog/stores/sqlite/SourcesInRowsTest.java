package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where events were read stands in rows in a short form, and comes out as it came in. */
class SourcesInRowsTest {
  private static final List<@Nullable String> SOURCES = sources();

  @TempDir Path folder;

  private static List<@Nullable String> sources() {
    List<@Nullable String> sources = new ArrayList<>();
    sources.add(null);
    sources.addAll(
        List.of(
            "{\"file\":\"/a/b.jsonl\",\"offset\":0,\"length\":12}",
            "{\"file\":\"/a/b.jsonl\",\"offset\":9876543210123,\"length\":1}",
            "{\"file\":\"/a/b c\\\"\\\\ \u00e4\u4e2d.jsonl\",\"offset\":7,\"length\":007}",
            "{\"file\":\"/a/b.jsonl\",\"offset\":3,\"length\":5,\"result_offset\":91,\"result_length\":70}",
            "{\"file\":\"/a/b.jsonl\",\"offset\":3,\"length\":5,\"result_length\":70,\"result_offset\":1}",
            "{\"file\":\"/a+b@1^=.jsonl\",\"offset\":31,\"length\":55}",
            "{\"file\":\"\",\"offset\":1,\"length\":1}",
            "{\"file\":\"/a\",\"x\":\"b\",\"offset\":1,\"length\":2}",
            "{\"file\":\"/a\",\"offset\":-1,\"length\":2}",
            "{\"file\":\"/a\",\"offset\":1,\"length\":2,\"more\":3}",
            "{\"file\":\"/a\",\"offset\":,\"length\":2}",
            "{\"file\":\"/a\"}",
            "{\"file\":\"",
            "{}",
            "[\"9@8\"]",
            "{\"offset\":1,\"length\":2}"));
    return sources;
  }

  private static Event event(int number) {
    return Calls.call(number).toBuilder()
        .set(Field.SOURCE, SOURCES.get(number % SOURCES.size()))
        .build();
  }

  private static Append append(int from, int to) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < to; i++) {
      batch.add(EventBatch.Mode.NEW, event(i));
    }
    return new Append(batch);
  }

  @Test
  void theyComeOutAsTheyCameInByEveryWay() throws Exception {
    Path db = folder.resolve("events.db");
    int many = 40 * SOURCES.size();
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(append(0, many));
      store.settle();
      // By the way of few, and by that of changed rows.
      store.append(append(many, many + SOURCES.size()));
      EventBatch later = new EventBatch();
      for (int i = 0; i < SOURCES.size(); i++) {
        later.add(
            EventBatch.Mode.MERGE, event(i).toBuilder().set(Field.TOKENS_USED, 5L + i).build());
      }
      assertThat(store.append(new Append(later)).merged()).isEqualTo(SOURCES.size());
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      List<Event> events = store.read(all).finish(all);
      assertThat(events).hasSize(many + SOURCES.size());
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).text(Field.SOURCE)).isEqualTo(event(i).text(Field.SOURCE));
      }
      List<List<@Nullable Object>> rows =
          store
              .sql("SELECT source FROM events ORDER BY micros", 9999, Duration.ofSeconds(9))
              .rows();
      for (int i = 0; i < rows.size(); i++) {
        assertThat(rows.get(i).getFirst()).isEqualTo(event(i).text(Field.SOURCE));
      }
      for (String source : SOURCES) {
        if (source != null) {
          ReadRequest one = ReadRequest.oldestFirst(Filter.is(Field.SOURCE, source));
          assertThat(store.read(one).finish(one)).hasSize(41);
        }
      }
    }
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      assertThat(connection.number("SELECT count(*) FROM event_rows WHERE source GLOB '{*'"))
          .isEqualTo(8 * 41);
      assertThat(connection.text("PRAGMA integrity_check")).isEqualTo("ok");
    }
  }

  @Test
  void thoseOfAnOlderFileAreShortenedAndStayTheSame() throws Exception {
    Path db = folder.resolve("events.db");
    try (SqliteStore store = SqliteStore.open(db)) {
      store.append(append(0, 10 * SOURCES.size()));
    }
    try (DatabaseConnection connection = DatabaseConnection.open(db, false)) {
      connection.run(
          "UPDATE event_rows SET source = (SELECT e.source FROM events e WHERE e.id = event_rows.id)");
      connection.run("PRAGMA user_version = 5");
    }
    try (SqliteStore store = SqliteStore.open(db)) {
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      List<Event> events = store.read(all).finish(all);
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).text(Field.SOURCE)).isEqualTo(event(i).text(Field.SOURCE));
      }
    }
    try (DatabaseConnection connection = DatabaseConnection.open(db, true)) {
      assertThat(connection.number("SELECT count(*) FROM event_rows WHERE source GLOB '{*'"))
          .isEqualTo(7 * 10);
    }
  }
}
