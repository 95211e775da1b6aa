package dev.flightlog.home.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.formats.Formats;
import dev.flightlog.formats.hooks.HookProgram;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.Index;
import dev.flightlog.importer.ImportListener;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.store.Answer;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One session of the real client, in which a person was asked three times, seen by its hooks, by
 * its transcript and by its telemetry (resources/…/claude-code/SOURCES.md).
 */
class OneSessionTest {
  private static final Path CAPTURED =
      Path.of("src/test/resources/dev/flightlog/home/hooks/claude-code");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> COUNTED =
      Set.of("tool_call", "user_prompt", "session_started", "agent_started", "agent_finished");

  @TempDir Path folder;

  private enum Source {
    HOOKS,
    TRANSCRIPT,
    TELEMETRY
  }

  /** All fifteen with {@code -Dflightlog.sources.orders=all}, else those that differ most. */
  private static List<List<Source>> orders() {
    if (!System.getProperty("flightlog.sources.orders", "").equals("all")) {
      return List.of(
          List.of(Source.HOOKS),
          List.of(Source.TRANSCRIPT),
          List.of(Source.TELEMETRY, Source.HOOKS),
          List.of(Source.TRANSCRIPT, Source.TELEMETRY),
          List.of(Source.HOOKS, Source.TELEMETRY, Source.TRANSCRIPT));
    }
    List<List<Source>> orders = new ArrayList<>();
    for (Source a : Source.values()) {
      orders.add(List.of(a));
      for (Source b : Source.values()) {
        if (a != b) {
          orders.add(List.of(a, b));
          for (Source c : Source.values()) {
            if (c != a && c != b) {
              orders.add(List.of(a, b, c));
            }
          }
        }
      }
    }
    return orders;
  }

  private List<Event> events(List<Source> order) throws IOException {
    Path path = folder.resolve(order.toString());
    Home home = Home.open(path, Map.of());
    try (Index index = Index.open(home)) {
      for (Source source : order) {
        switch (source) {
          case HOOKS -> hooks(home, index);
          case TRANSCRIPT -> {
            Path copy = Files.createDirectories(path.resolve("transcripts"));
            for (String name :
                List.of(
                    "feda4384-1b8c-462a-8bb1-082d3ce505da.jsonl",
                    "subagents/agent-a867cc11685cff4b4.jsonl")) {
              Path to = copy.resolve(name);
              Files.createDirectories(to.getParent() == null ? copy : to.getParent());
              Files.copy(CAPTURED.resolve(name), to);
            }
            index.importer().run(List.of(copy), home.importOptions(), ImportListener.NONE);
          }
          case TELEMETRY ->
              index
                  .importer()
                  .run(
                      List.of(CAPTURED.resolve("telemetry-logs.jsonl")),
                      home.importOptions().as(Formats.OTLP),
                      ImportListener.NONE);
        }
      }
      try (Answer answer = index.store().read(ReadRequest.oldestFirst(Filter.EVERYTHING))) {
        List<Event> all = new ArrayList<>();
        answer.events().forEach(all::add);
        return all;
      }
    }
  }

  private static void hooks(Home home, Index index) throws IOException {
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig())) {
      HookIntake intake = new HookIntake(home, recorder);
      for (String line : Files.readAllLines(CAPTURED.resolve("hooks.jsonl"))) {
        JsonNode one = JSON.readTree(line);
        byte[] body = JSON.writeValueAsBytes(one.get("body"));
        assertThat(intake.take(HookProgram.CLAUDE, body, one.get("at").asLong()))
            .isInstanceOf(Receipt.Kept.class);
      }
    }
    index.takeInJournals();
  }

  /** What was counted, each by its key, and how it ended. */
  private static Set<String> counted(List<Event> events) {
    Set<String> counted = new TreeSet<>();
    for (Event event : events) {
      if (COUNTED.contains(event.eventType())) {
        counted.add(event.eventType() + " " + event.id() + " " + event.flag(Field.SUCCESS));
      }
    }
    return counted;
  }

  private static Set<String> responses(List<Event> events) {
    Set<String> responses = new TreeSet<>();
    for (Event event : events) {
      if (event.eventType().equals("model_call")) {
        responses.add(event.id() + " " + event.integer(Field.TOKENS_USED));
      }
    }
    return responses;
  }

  @Test
  void everySourceTellsTheSameSessionInWhateverOrderTheyComeAndCountsItOnce() throws IOException {
    Set<String> calls = Set.of();
    Set<String> models = Set.of();
    for (List<Source> order : orders()) {
      List<Event> all = events(order);
      if (order.contains(Source.HOOKS) || order.contains(Source.TRANSCRIPT)) {
        calls = calls.isEmpty() ? counted(all) : calls;
        assertThat(counted(all)).as(order.toString()).isEqualTo(calls);
      }
      if (order.contains(Source.TRANSCRIPT) || order.contains(Source.TELEMETRY)) {
        models = models.isEmpty() ? responses(all) : models;
        assertThat(responses(all)).as(order.toString()).isEqualTo(models);
      }
      if (order.contains(Source.HOOKS)) {
        assertThat(all.stream().filter(e -> e.eventType().equals("human_clarification_needed")))
            .as(order.toString())
            .hasSize(3)
            .allMatch(event -> event.integer(Field.DURATION_MS) != null);
        assertThat(rightColumn(all)).as(order.toString()).isGreaterThanOrEqualTo(0.95);
      }
    }
    assertThat(calls).hasSize(1 + 1 + 7 + 2);
    assertThat(models).hasSize(9);
  }

  /**
   * Which share of the time between calls and results is in the right column: a person was waited
   * for between the request for permission and the begin of the call that the client measured.
   */
  private static double rightColumn(List<Event> events) {
    long asked = 0;
    long all = 0;
    long waiting = 0;
    for (Event event : events) {
      Long duration = event.integer(Field.DURATION_MS);
      long took = duration == null ? 0 : duration;
      if (event.eventType().equals("human_clarification_needed")) {
        asked += took;
      } else if (event.eventType().equals("tool_call")
          && event.details().get("background") == null) {
        all += took;
        Number told = event.detailNumber("waiting_ms");
        waiting += told == null ? 0 : told.longValue();
      }
    }
    return 1 - Math.abs(waiting - asked) / (double) all;
  }
}
