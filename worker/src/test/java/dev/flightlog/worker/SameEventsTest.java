package dev.flightlog.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.Formats;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.importer.ImportOptions;
import dev.flightlog.importer.Importer;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.tasks.queue.RetryPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream gives the same events whether the worker captures it or the importer reads its file. */
class SameEventsTest {
  private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /** What a task adds of its own is not the stream's. */
  private static final Set<String> STREAM =
      Set.of("tool_call", "model_call", "tool_rejected", "agent_message", "context_compacted");

  private static final List<String> DETAILS =
      List.of(
          "tool",
          "error_type",
          "message",
          "model",
          "input_tokens",
          "output_tokens",
          "cache_read_tokens",
          "cache_write_tokens",
          "billing",
          "cost_usd");

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "draft-1.jsonl",
        "unknown-model.jsonl",
        "ci-log-1.jsonl",
        "ci-log-3.jsonl",
        "revert-2.jsonl",
        "codex.jsonl"
      })
  void capturedAndImportedTheyAreEqual(String file) throws Exception {
    Path stream = Bench.agent(file);
    try (Bench bench = new Bench(home.resolve("worker"), ONCE, 100 << 20)) {
      bench.run("cat", stream.toString());
    }
    EventStore captured = new MemoryStore();
    try (Stream<Path> journals = Files.list(home.resolve("worker"))) {
      List<Path> files = journals.filter(each -> each.toString().endsWith(".jsonl")).toList();
      importer(captured)
          .run(files, ImportOptions.defaults().as(Formats.JOURNAL), ImportListener.NONE);
    }
    EventStore imported = new MemoryStore();
    importer(imported).run(List.of(stream), ImportOptions.defaults(), ImportListener.NONE);

    assertThat(content(captured)).isEqualTo(content(imported)).isNotEmpty();
  }

  private Importer importer(EventStore store) {
    Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
    return new Importer(store, redactor, home.resolve("quarantine"));
  }

  private static Map<String, String> content(EventStore store) {
    ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
    Map<String, String> content = new TreeMap<>();
    for (Event event : store.read(all).finish(all)) {
      if (STREAM.contains(event.eventType())) {
        StringBuilder told = new StringBuilder(event.eventType());
        told.append(' ').append(event.text(Field.SESSION_ID));
        told.append(' ').append(event.get(Field.SUCCESS));
        told.append(' ').append(event.get(Field.TOKENS_USED));
        DETAILS.forEach(key -> told.append(' ').append(event.details().get(key)));
        content.put(event.id(), told.toString());
      }
    }
    return content;
  }
}
