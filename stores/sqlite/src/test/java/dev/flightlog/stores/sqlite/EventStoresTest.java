package dev.flightlog.stores.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.address.EventStores;
import dev.flightlog.stores.memory.MemoryProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store is chosen by its address. */
class EventStoresTest {
  private final EventStores stores = new EventStores(new SqliteProvider(), new MemoryProvider());

  @TempDir Path folder;

  @Test
  void anAddressOpensItsEngine() {
    String file = folder.resolve("a b: c.db").toString();
    try (EventStore store = stores.open("sqlite:" + file);
        EventStore memory = stores.open("MEMORY:")) {
      assertThat(store).isInstanceOf(SqliteStore.class);
      store.append(Calls.append(0, 3));
      memory.append(Calls.append(0, 2));
      assertThat(memory.check().events()).isEqualTo(2);
    }
    try (EventStore store = stores.openForReading("sqlite:" + file)) {
      assertThat(store.check().events()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "events.db",
        "redis://u:secret@host/1",
        "sqlite:",
        "sqlite:\0",
        "memory:x",
        ":x"
      })
  void anAddressOfNoStoreIsRefusedWithAnExample(String address) {
    assertThatThrownBy(() -> stores.open(address))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageMatching("(?s).*(sqlite:/path|memory:).*")
        .hasMessageNotContaining("secret");
  }
}
