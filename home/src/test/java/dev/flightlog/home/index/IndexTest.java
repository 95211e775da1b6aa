package dev.flightlog.home.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.Pending;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.formats.Formats;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.sources.Sources;
import dev.flightlog.importer.ImportException;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.store.Append;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexTest {
  private final List<String> told = new ArrayList<>();
  @TempDir Path folder;
  private Home home;

  @BeforeEach
  void open() {
    home = Home.open(folder.resolve("home"), Map.of(), told::add, Clock.systemUTC());
  }

  private void record(String type) {
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig().ring(0))) {
      recorder.event(type, dev.flightlog.event.Category.EXECUTION).log();
    }
  }

  @Test
  void aHomeNeedsNoConsoleAndAnEmptyOneHasAnEmptyIndex() {
    Home plain = Home.open(folder.resolve("plain"), Map.of());
    try (Index index = Index.fresh(plain)) {
      assertThat(index.isEmpty()).isTrue();
      assertThat(index.isWritable()).isTrue();
    }
  }

  @Test
  void aRingThatCannotBeRecoveredIsToldOnceHoweverOftenItIsLookedAt() throws IOException {
    Files.createDirectories(home.path().resolve(".ring/0123456789abcdef-fedcba9876543210.ring"));
    try (Index index = Index.open(home)) {
      for (int look = 0; look < 3; look++) {
        index.takeInJournals();
      }
    }
    assertThat(told).singleElement().asString().contains("cannot recover");
  }

  @Test
  void whatWasRecordedIsTakenInAndWhatIsNoJournalIsToldOnce() throws IOException {
    record("x");
    Files.createDirectory(home.path().resolve("story_dir_20260101.jsonl"));
    Files.createSymbolicLink(home.path().resolve("story_ln_20260101.jsonl"), Path.of("/nowhere/x"));
    try (Index index = Index.fresh(home)) {
      index.takeInJournals();
      assertThat(index.store().check().events()).isEqualTo(1);
    }
    assertThat(told).hasSize(2).allMatch(message -> message.startsWith("left out "));
  }

  @Test
  void aFailedImportIsNotRemembered() {
    try (Index index = Index.open(home)) {
      assertThatThrownBy(() ->
              index.importFrom(
                  List.of(folder.resolve("none")), home.importOptions(), ImportListener.NONE))
          .isInstanceOf(ImportException.class);
    }
    assertThat(Sources.of(home).all()).isEmpty();
  }

  @Test
  void aSourceThatIsPoisonedStopsNoOther() throws IOException {
    Path bad = folder.resolve("bad.jsonl");
    Path good = folder.resolve("good.jsonl");
    Files.writeString(bad, "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"a\"}\n");
    Files.writeString(good, "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"b\"}\n");
    try (Index index = Index.open(home)) {
      for (Path each : List.of(bad, good)) {
        index.importFrom(
            List.of(each), home.importOptions().as(Formats.JSONL), ImportListener.NONE);
      }
    }
    Files.writeString(bad, "{\"timestamp\":1e99999999999}\n");
    Files.writeString(
        good,
        Files.readString(good) + "{\"timestamp\":\"2026-01-01T00:00:01Z\",\"event_type\":\"c\"}\n");
    new Reindex(home, ImportListener.NONE).run();
    try (Index index = Index.open(home)) {
      String kept = "SELECT count(*) FROM events WHERE event_type IN ('a', 'b', 'c')";
      assertThat(index.sql(kept, 1, Duration.ofSeconds(5)).rows().getFirst()).containsExactly(3L);
    }
  }

  @Test
  void aStoreOfAnUnknownAddressIsOneClearError() throws IOException {
    for (String address : List.of("oracle://x", "sqlite:", "x", "jdbc:sqlite:x")) {
      Home wrong = Home.open(folder.resolve("home"), Map.of("FLIGHTLOG_STORE_ADDRESS", address));
      assertThatThrownBy(() -> Index.open(wrong))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("store.address")
          .hasMessageContaining("sqlite:");
    }
    Home elsewhere =
        Home.open(folder.resolve("home"), Map.of("FLIGHTLOG_STORE_ADDRESS", "sqlite:sub.db"));
    try (Index index = Index.open(elsewhere)) {
      assertThat(index.isEmpty()).isTrue();
    }
    assertThat(folder.resolve("home/sub.db")).exists();
  }

  @Test
  void reindexTakesOverWhatHasNoSourceAnyMore() throws IOException {
    Path gone = folder.resolve("gone.jsonl");
    Files.writeString(gone, "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"a\"}\n");
    record("x");
    try (Index index = Index.fresh(home)) {
      index.importFrom(List.of(gone), home.importOptions().as(Formats.JSONL), ImportListener.NONE);
    }
    Files.delete(gone);
    assertThat(new Reindex(home, ImportListener.NONE).run()).isEqualTo(new Reindex.Result(2, 1));
  }

  @Test
  void aResponseThatHadAnotherIdInAnEarlierVersionIsNotCountedTwice() throws IOException {
    Path transcript = folder.resolve("s.jsonl");
    Files.writeString(
        transcript,
        "{\"type\":\"assistant\",\"sessionId\":\"s\",\"uuid\":\"u\",\"timestamp\":\"2026-01-01T00:00:00Z\","
            + "\"requestId\":\"r\",\"message\":{\"id\":\"m\",\"role\":\"assistant\",\"model\":\"claude-opus-4-6\","
            + "\"content\":[{\"type\":\"text\",\"text\":\"Done\"}],"
            + "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}\n");
    Filter responses = Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL);
    try (Index index = Index.open(home)) {
      index.importFrom(List.of(transcript), home.importOptions(), ImportListener.NONE);
      Event response;
      try (var answer = index.store().read(ReadRequest.oldestFirst(responses))) {
        response = answer.events().iterator().next();
      }
      Event.Builder asBefore =
          Event.builder(
                  EventIds.ofKey("model_call:m:r"),
                  response.timestamp(),
                  response.eventType(),
                  response.category())
              .set(Field.SOURCE, response.text(Field.SOURCE));
      EventBatch batch = new EventBatch();
      batch.add(EventBatch.Mode.NEW, asBefore.build());
      index.store().append(new Append(batch));
    }
    new Reindex(home, ImportListener.NONE).run();
    try (Index index = Index.open(home)) {
      String count = "SELECT count(*) FROM events WHERE event_type = 'model_call'";
      assertThat(index.sql(count, 1, Duration.ofSeconds(5)).rows().getFirst()).containsExactly(1L);
    }
  }

  @Test
  void knownSourcesAreLookedAtBeforeAnAnswerAndWhatTheTimeDidNotAllowIsTold() throws IOException {
    Path source = folder.resolve("s.jsonl");
    Files.writeString(source, "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"a\"}\n");
    try (Index index = Index.open(home)) {
      index.importFrom(
          List.of(source), home.importOptions().as(Formats.JSONL), ImportListener.NONE);
    }
    StringBuilder more = new StringBuilder(Files.readString(source));
    for (int i = 0; i < 200_000; i++) {
      more.append("{\"timestamp\":\"2026-01-01T00:00:00Z\",\"event_type\":\"a\",\"n\":")
          .append(i)
          .append("}\n");
    }
    Files.writeString(source, more);
    Home hurried = hurried("1");
    long after;
    try (Index index = Index.open(hurried)) {
      List<Pending> pending = index.takeIn(SourceIntake.bound(hurried.settings()));
      assertThat(pending).containsExactly(SourceIntake.pending(source));
      assertThat(pending.getFirst().sentence(Reader.COMMAND_LINE))
          .contains("flightlog import " + source);
      after = index.store().check().events();
      assertThat(after).isLessThan(200_001);
    }
    try (Index index = Index.open(home)) {
      assertThat(index.takeIn(Duration.ofMinutes(10))).isEmpty();
      assertThat(index.store().check().events()).isEqualTo(200_001);
    }
  }

  private Home hurried(String milliseconds) {
    return Home.open(
        home.path(),
        Map.of("FLIGHTLOG_ANALYSIS_FRESHNESS_MS", milliseconds),
        told::add,
        Clock.systemUTC());
  }
}
