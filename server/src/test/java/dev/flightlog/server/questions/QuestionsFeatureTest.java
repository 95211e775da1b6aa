package dev.flightlog.server.questions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.web.Json;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestionsFeatureTest {
  /** Questions about something with a name, which must be there. */
  private static final Set<String> NAMED = Set.of("session", "workflow", "failure");

  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path home;

  private final AtomicInteger takenIn = new AtomicInteger();
  private EventStore store;
  private Answerer answerer;
  private Running running;

  @BeforeEach
  void aServerOverSomeEvents() {
    store = SqliteStore.open(home.resolve("events_index.db"));
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 250; i++) {
      Event.Builder event =
          Event.builder(
                  EventIds.ofKey("e" + i), NOW.minusSeconds(i), "tool_call", Category.EXECUTION)
              .set(Field.STORY_ID, i % 2 == 0 ? "1.1" : "1.2")
              .set(Field.AGENT_NAME, "coder")
              .set(Field.SUCCESS, i % 5 != 0)
              .details(Map.of("tool", "Bash", "error_type", "exit_code", "input", "make " + i));
      batch.add(EventBatch.Mode.NEW, event.build());
    }
    store.append(new Append(batch));
    answerer = new Answerer(store, TokenEstimate.standard(), CLOCK);
    running =
        Running.with(
            home,
            new QuestionsFeature(answerer::ask),
            new EventsFeature(store, takenIn::incrementAndGet, () -> "", CLOCK));
  }

  @AfterEach
  void close() {
    running.close();
    store.close();
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = running.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyQuestionIsListedAndAnswers() {
    JsonNode list = json("/api/ask");
    assertThat(list).hasSameSizeAs(Questions.all());
    for (JsonNode question : list) {
      StringBuilder path = new StringBuilder("/api/ask/" + question.get("question").asText());
      String glue = "?";
      for (JsonNode argument : question.get("arguments")) {
        if (argument.get("required").asBoolean()) {
          path.append(glue).append(argument.get("parameter").asText()).append("=1.1");
          glue = "&";
        }
      }
      if (NAMED.contains(question.get("question").asText())) {
        assertThat(running.get(path.toString()).statusCode()).as(path.toString()).isEqualTo(404);
        continue;
      }
      JsonNode answer = json(path.toString());
      assertThat(answer.get("question")).isEqualTo(question.get("question"));
      assertThat(answer.get("tokens").asInt()).isLessThanOrEqualTo(answer.get("budget").asInt());
    }
  }

  @Test
  void theThreeFormsAreThoseOfTheAnswer() {
    QuestionCall call =
        new QuestionCall(
            "errors",
            List.of(),
            Narrowing.NONE.story("1.1").since("7d").maxTokens(90),
            EventFilter.NONE,
            Reader.HTTP);
    String path = "/api/ask/errors?story=1.1&since=7d&max_tokens=90&format=";
    assertThat(running.get(path + "text").body()).isEqualTo(answerer.ask(call).text());
    assertThat(running.get(path + "csv").body()).isEqualTo(answerer.ask(call).csv());
    assertThat(json(path + "json").get("budget").asInt()).isEqualTo(90);
  }

  @Test
  void aQuestionThatIsWrongSaysWhy() {
    for (String wrong :
        List.of(
            "errors?since=yesterday",
            "errors?max_tokens=0",
            "errors?max_tokens=-5",
            "errors?format=xml",
            "errors?storry=1",
            "compare?a=1.1",
            "compare",
            "errors?max_tokens=1")) {
      assertThat(running.get("/api/ask/" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    HttpResponse<String> unknown = running.get("/api/ask/erors");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("did you mean 'errors'");
    assertThat(running.get("/api/ask/ERRORS").body()).contains("/api/ask/errors");
  }

  @Test
  void pagesOfEventsLoseAndRepeatNothing() {
    for (String order : List.of("newest", "oldest")) {
      List<String> ids = new ArrayList<>();
      String page = "";
      do {
        JsonNode answer = json("/api/events?limit=60&order=" + order + page);
        answer.get("events").forEach(event -> ids.add(event.get("id").asText()));
        page = answer.get("next").isNull() ? "" : "&page=" + answer.get("next").asText();
      } while (!page.isEmpty());
      assertThat(ids).hasSize(250).doesNotHaveDuplicates();
    }
    assertThat(takenIn).hasValue(2);
  }

  @Test
  void filtersAreThoseOfSearch() {
    assertThat(json("/api/events?story=1.1&limit=1000").get("events")).hasSize(125);
    assertThat(json("/api/events?failed=true&limit=1000").get("events")).hasSize(50);
    assertThat(json("/api/events?text=make%20249").get("events")).hasSize(1);
    assertThat(json("/api/events?since=1m&limit=1000").get("events")).hasSize(61);
    assertThat(json("/api/events?tool=Edit").get("events")).isEmpty();
    assertThat(json("/api/events?type=tool_call&category=execution&agent=coder").get("events"))
        .hasSize(100);
  }

  @Test
  void aPageOfAnotherSearchAndWrongFiltersAreRefused() {
    String next = json("/api/events?limit=5").get("next").asText();
    assertThat(running.get("/api/events?story=1.1&page=" + next).statusCode()).isEqualTo(400);
    for (String wrong :
        List.of(
            "page=abc",
            "page=%00",
            "category=none",
            "failed=maybe",
            "since=x",
            "order=up",
            "limit=1001",
            "until=tomorrow")) {
      assertThat(running.get("/api/events?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }
}
