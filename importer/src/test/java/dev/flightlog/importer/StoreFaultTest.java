package dev.flightlog.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is not there is not the fault of the files. */
class StoreFaultTest {
  @Test
  void aStoreThatFailsIsToldAndNoFileIsLeftOutForIt(@TempDir Path folder) throws IOException {
    for (String name : List.of("a.jsonl", "b.jsonl")) {
      Files.writeString(folder.resolve(name), "{}\n");
    }
    MemoryStore store = new MemoryStore();
    store.close();
    Importer importer =
        new Importer(store, Redactor.create(Desk.KEY), folder.resolveSibling("quarantine"));
    assertThatThrownBy(() -> importer.run(List.of(folder), ImportOptions.defaults(), TOLD))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CLOSED));
  }

  private static final ImportListener TOLD =
      new ImportListener() {
        @Override
        public void skipped(Path file, String reason) {
          throw new AssertionError(file + " " + reason);
        }
      };
}
