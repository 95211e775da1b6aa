package dev.flightlog.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.Questions;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.web.Json;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.wording.tokens.TokenCounter;
import dev.flightlog.wording.tokens.TokenEstimate;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class McpFeatureTest {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  private static final String MODERN = "2026-07-28";

  @TempDir Path home;

  private Running running;

  @BeforeEach
  void aServer() {
    MemoryStore store = new MemoryStore();
    EventBatch batch = new EventBatch();
    for (int i = 0; i < 20; i++) {
      Event.Builder event =
          Event.builder(
                  EventIds.ofKey("e" + i), NOW.minusSeconds(i), "tool_call", Category.EXECUTION)
              .set(Field.SESSION_ID, "s1")
              .set(Field.SUCCESS, i % 2 == 0)
              .details(Map.of("tool", "Bash", "error_type", "exit_code"));
      batch.add(EventBatch.Mode.NEW, event.build());
    }
    store.append(new Append(batch));
    Answerer answerer =
        new Answerer(store, TokenEstimate.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
    McpTools tools =
        new McpTools(
            answerer::ask,
            agent -> {
              throw new IllegalStateException("no tasks here");
            });
    running = Running.with(home, new McpFeature(tools, "1.0"));
  }

  @AfterEach
  void close() {
    running.close();
  }

  private HttpResponse<String> post(String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return running.post("/mcp", body.getBytes(StandardCharsets.UTF_8), all);
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  private static String message(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  private static String modern(String params) {
    return "{"
        + params
        + (params.isEmpty() ? "" : ",")
        + "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
        + MODERN
        + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"t\",\"version\":\"1\"},"
        + "\"io.modelcontextprotocol/clientCapabilities\":{}}}";
  }

  @Test
  void theClientOfTheLibraryListsAndCallsTheTools() {
    try (McpSyncClient client =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(running.uri("/").toString())
                    .endpoint("/mcp")
                    .build())
            .clientInfo(Implementation.builder("t", "1").build())
            .requestTimeout(Duration.ofSeconds(20))
            .build()) {
      assertThat(client.initialize().instructions()).isEqualTo(McpTools.INSTRUCTIONS);
      assertThat(client.listTools().tools()).hasSize(Questions.all().size() + 1);
      CallToolResult result =
          client.callTool(
              CallToolRequest.builder("errors").arguments(Map.of("max_tokens", 300)).build());
      assertThat(String.valueOf(result.content())).contains("exit_code");
      assertThat(result.structuredContent()).isNotNull();
      client.ping();
    }
  }

  @Test
  void theNewestRevisionNeedsNoHandshake() {
    JsonNode found =
        json(
            post(
                message("server/discover", modern("")),
                "MCP-Protocol-Version",
                MODERN,
                "Mcp-Method",
                "server/discover"));
    assertThat(found.at("/result/supportedVersions/0").asText()).isEqualTo(MODERN);
    assertThat(found.at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(found.at("/id").asInt()).isEqualTo(7);
    JsonNode called =
        json(
            post(
                message("tools/call", modern("\"name\":\"errors\",\"arguments\":{\"limit\":3}")),
                "MCP-Protocol-Version",
                MODERN,
                "Mcp-Method",
                "tools/call",
                "Mcp-Name",
                "errors"));
    assertThat(called.at("/result/resultType").asText()).isEqualTo("complete");
    assertThat(called.at("/result/content/0/text").asText()).contains("exit_code");
    JsonNode listed =
        json(
            post(
                message("tools/list", modern("")),
                "MCP-Protocol-Version",
                MODERN,
                "Mcp-Method",
                "tools/list"));
    assertThat(listed.at("/result/cacheScope").asText()).isEqualTo("private");
    assertThat(listed.at("/result/ttlMs").asLong()).isPositive();
    String tools = listed.at("/result/tools").toString();
    assertThat(TokenCounter.o200k().count(tools)).isLessThanOrEqualTo(2_500);
  }

  @Test
  void headersThatSayAnotherThingThanTheMessageAreRefused() {
    String call = message("tools/call", modern("\"name\":\"errors\""));
    HttpResponse<String> other =
        post(call, "MCP-Protocol-Version", MODERN, "Mcp-Method", "tools/call", "Mcp-Name", "cost");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(json(other).at("/error/code").asInt()).isEqualTo(-32020);
    assertThat(json(post(call)).at("/error/code").asInt()).isEqualTo(-32020);
    HttpResponse<String> encoded =
        post(
            call,
            "MCP-Protocol-Version",
            MODERN,
            "Mcp-Method",
            "tools/call",
            "Mcp-Name",
            "=?base64?ZXJyb3Jz?=");
    assertThat(encoded.statusCode()).isEqualTo(200);
  }

  @Test
  void aRevisionThatIsUnknownIsAnsweredWithThoseThatAreKnown() {
    String future = message("tools/list", modern("")).replace(MODERN, "2031-01-01");
    HttpResponse<String> response = post(future, "MCP-Protocol-Version", "2031-01-01");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32022);
    assertThat(json(response).at("/error/data/supported/0").asText()).isEqualTo(MODERN);
    HttpResponse<String> legacy =
        post(message("tools/list", "{}"), "MCP-Protocol-Version", "1900-01-01");
    assertThat(legacy.statusCode()).isEqualTo(400);
    JsonNode greeted = json(post(message("initialize", "{\"protocolVersion\":\"2031-01-01\"}")));
    assertThat(greeted.at("/result/protocolVersion").asText()).isEqualTo("2025-11-25");
  }

  @Test
  void aSessionCarriesTheNameOfItsClient() {
    HttpResponse<String> greeted =
        post(
            message(
                "initialize",
                "{\"protocolVersion\":\"2025-06-18\",\"clientInfo\":{\"name\":\"claude-code\"}}"));
    String session = greeted.headers().firstValue("Mcp-Session-Id").orElseThrow();
    String call = message("tools/call", "{\"name\":\"errors\",\"arguments\":{\"limit\":\"3\"}}");
    JsonNode told = json(post(call, "Mcp-Session-Id", session));
    assertThat(told.at("/result").has("structuredContent")).isFalse();
    assertThat(json(post(call)).at("/result").has("structuredContent")).isTrue();
    assertThat(post(call, "Mcp-Session-Id", "another").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoMessageIsToldSo() {
    assertThat(json(post("{")).at("/error/code").asInt()).isEqualTo(-32700);
    assertThat(json(post("[]")).at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(json(post(message("", "{}"))).at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(json(post(message("resources/list", "{}"))).at("/error/code").asInt())
        .isEqualTo(-32601);
    assertThat(json(post(message("tools/call", "{\"name\":\"eval\"}"))).at("/error/code").asInt())
        .isEqualTo(-32602);
    JsonNode mistaken =
        json(post(message("tools/call", "{\"name\":\"errors\",\"arguments\":{\"stroy\":1}}")));
    assertThat(mistaken.at("/result/isError").asBoolean()).isTrue();
    assertThat(mistaken.at("/result/content/0/text").asText()).contains("did you mean 'story'?");
    HttpResponse<String> notification =
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    assertThat(notification.statusCode()).isEqualTo(202);
    assertThat(notification.body()).isEmpty();
  }

  @Test
  void onlyPostIsTakenAndNoOtherSite() {
    assertThat(running.get("/mcp", "Accept", "text/event-stream").statusCode()).isEqualTo(405);
    String list = message("tools/list", "{}");
    assertThat(post(list, "Origin", "https://evil.example").statusCode()).isEqualTo(403);
    HttpResponse<String> streamed = post(list, "Accept", "text/event-stream");
    assertThat(streamed.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(streamed.body()).startsWith("event: message\ndata: {").endsWith("\n\n");
  }
}
