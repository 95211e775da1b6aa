package dev.flightlog.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.store.EventStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real agents wrote, of every format that the importer's tests have. */
class RealDataTest {
  private static final Path DATA = Path.of("../importer/src/test/resources/dev/flightlog/importer");

  @TempDir Path folder;

  @Test
  void everyQuestionIsAnsweredAlikeByAllStores() {
    try (ThreeStores stores = ThreeStores.empty(folder)) {
      List<Path> paths = new ArrayList<>(List.of(DATA));
      String more = System.getProperty("flightlog.data");
      if (more != null) {
        paths.add(Path.of(more));
      }
      Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
      stores.each(store ->
          new Importer(store, redactor, folder.resolve("quarantine"))
              .run(paths, ImportOptions.defaults(), ImportListener.NONE));
      stores.each(EventStore::rollUp);
      assertThat(stores.reference().check().events()).isGreaterThan(900);
      Clock clock = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
      Comparing comparing = new Comparing(stores, clock, "real data");
      Calls calls = new Calls(stores.reference(), new Random(1));
      comparing.ask(more == null ? calls.some(Integer.MAX_VALUE) : calls.all());
      comparing.proposeRules(folder);
    }
  }
}
