package dev.flightlog.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.questions.EventsFeature;
import dev.flightlog.server.questions.QuestionsFeature;
import dev.flightlog.server.web.Json;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  @TempDir Path home;

  private static final Route POSTED =
      Route.post("/api/things/{name}", "Make one", request -> Response.empty(204))
          .with(
              Parameter.path("name", Schema.text(), "its name"),
              Parameter.query("colour", Schema.text(), "its colours").many())
          .takes(Payload.json(Schema.object().always("a", Schema.integer())));

  private Running running() {
    MemoryStore store = new MemoryStore();
    Answerer answerer = new Answerer(store, TokenEstimate.standard(), Clock.systemUTC());
    return Running.with(
        home,
        new QuestionsFeature(answerer::ask),
        new EventsFeature(store, () -> {}, () -> "", Clock.systemUTC()),
        Running.feature(POSTED));
  }

  private static JsonNode document(Running running) {
    String body = running.get("/api/openapi.json").body();
    return Json.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void everyRouteIsInTheDocumentAndNothingElse() {
    try (Running running = running()) {
      Set<String> documented = new TreeSet<>();
      document(running)
          .get("paths")
          .properties()
          .forEach(path ->
              path.getValue()
                  .fieldNames()
                  .forEachRemaining(method ->
                      documented.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      Set<String> registered = new TreeSet<>();
      running.server.routes().forEach(route -> registered.add(route.toString()));
      assertThat(documented).isEqualTo(registered).contains("GET /api/ask/errors");
    }
  }

  /** What OpenAPI 3.1.0 demands of the objects that are used here. */
  @Test
  void theDocumentIsWhatOpenApiDemands() {
    try (Running running = running()) {
      JsonNode document = document(running);
      assertThat(document.get("openapi").asText()).matches("3\\.1\\.\\d+");
      assertThat(document.get("info").get("title").asText()).isNotEmpty();
      assertThat(document.get("info").get("version").asText()).isNotEmpty();
      Set<String> ids = new HashSet<>();
      for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
        assertThat(path.getKey()).startsWith("/");
        for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
          assertThat(method.getKey()).isIn("get", "post", "put", "delete");
          JsonNode operation = method.getValue();
          assertThat(ids.add(operation.get("operationId").asText())).isTrue();
          assertThat(operation.get("summary").asText()).isNotEmpty();
          checkParameters(path.getKey(), operation);
          checkResponses(operation.get("responses"));
          if (operation.has("requestBody")) {
            checkContent(operation.get("requestBody").get("content"));
          }
        }
      }
      references(document)
          .forEach(ref -> assertThat(document.at(ref.substring(1)).isObject()).isTrue());
    }
  }

  private static void checkParameters(String path, JsonNode operation) {
    Set<String> inPath = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      String in = parameter.get("in").asText();
      assertThat(in).isIn("path", "query", "header");
      assertThat(seen.add(in + " " + parameter.get("name").asText())).isTrue();
      assertThat(parameter.get("schema").isObject()).isTrue();
      assertThat(parameter.get("description").asText()).isNotEmpty();
      if (in.equals("path")) {
        assertThat(parameter.get("required").asBoolean()).isTrue();
        inPath.add("{" + parameter.get("name").asText() + "}");
      }
    }
    Set<String> expected = new TreeSet<>();
    for (String segment : path.split("/")) {
      if (segment.startsWith("{")) {
        expected.add(segment);
      }
    }
    assertThat(inPath).as(path).isEqualTo(expected);
  }

  private static void checkResponses(JsonNode responses) {
    assertThat(responses.isEmpty()).isFalse();
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      assertThat(response.getKey()).matches("[1-5]\\d\\d|[45]XX");
      assertThat(response.getValue().get("description").asText()).isNotEmpty();
      if (response.getValue().has("content")) {
        checkContent(response.getValue().get("content"));
      }
    }
    assertThat(responses.at("/4XX/content").has("application/problem+json")).isTrue();
  }

  private static void checkContent(JsonNode content) {
    assertThat(content.isEmpty()).isFalse();
    content
        .properties()
        .forEach(media -> assertThat(media.getValue().get("schema").isObject()).isTrue());
  }

  private static Set<String> references(JsonNode node) {
    Set<String> found = new TreeSet<>();
    if (node.has("$ref")) {
      found.add(node.get("$ref").asText());
    }
    for (Iterator<JsonNode> inner = node.elements(); inner.hasNext(); ) {
      found.addAll(references(inner.next()));
    }
    return found;
  }

  @Test
  void theSameRoutesGiveTheSameDocument() {
    try (Running one = running();
        Running other = running()) {
      assertThat(one.get("/api/openapi.json").body())
          .isEqualTo(other.get("/api/openapi.json").body());
    }
  }
}
