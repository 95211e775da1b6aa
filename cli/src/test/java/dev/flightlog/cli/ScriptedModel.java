package dev.flightlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A model of a few lines behind the Messages API on loopback, so that the real client can be run
 * offline. Of every conversation it keeps what the client sent, and asks a plan what to say.
 */
final class ScriptedModel implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a model says: a call of a tool, or words that end the turn. */
  record Said(String tool, Map<String, ?> input, String words) {
    static Said call(String tool, Map<String, ?> input) {
      return new Said(tool, input, "");
    }

    static Said done() {
      return new Said("", Map.of(), "Done.");
    }
  }

  /** Decides what is said next. */
  interface Plan {
    /**
     * @param conversation all that the client sent
     */
    Said next(String conversation);
  }

  private final HttpServer server;
  private final List<String> conversations = new ArrayList<>();
  private Plan plan = conversation -> Said.done();
  private int messages;

  ScriptedModel() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Begins a session; what was kept of the one before is forgotten. */
  synchronized void follow(Plan next) {
    plan = next;
    conversations.clear();
  }

  /** What the client sent since the session began, a text a request that may call tools. */
  synchronized List<String> conversations() {
    return List.copyOf(conversations);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestURI().getPath().equals("/v1/messages")) {
        respond(exchange, 404, "application/json", "{\"type\":\"error\"}");
        return;
      }
      JsonNode request = JSON.readTree(body);
      Said said = said(request);
      ObjectNode message = JSON.createObjectNode();
      message.put("id", "msg_" + number()).put("type", "message").put("role", "assistant");
      message.put("model", request.path("model").asText());
      if (request.path("stream").asBoolean()) {
        respond(exchange, 200, "text/event-stream", stream(message, said));
      } else {
        message.putArray("content").addObject().put("type", "text").put("text", said.words());
        message.put("stop_reason", "end_turn").set("usage", usage());
        respond(exchange, 200, "application/json", message.toString());
      }
    }
  }

  private synchronized int number() {
    return ++messages;
  }

  private synchronized Said said(JsonNode request) {
    if (request.path("tools").isEmpty()) {
      return new Said("", Map.of(), "A title");
    }
    String conversation = request.path("messages").toString();
    conversations.add(conversation);
    return plan.next(conversation);
  }

  private static ObjectNode usage() {
    return JSON.createObjectNode().put("input_tokens", 400).put("output_tokens", 40);
  }

  private static String stream(ObjectNode message, Said said) {
    StringBuilder out = new StringBuilder();
    boolean call = !said.tool().isEmpty();
    message.putArray("content");
    message.putNull("stop_reason").set("usage", usage());
    event(out, "message_start", JSON.createObjectNode().set("message", message));
    ObjectNode block = JSON.createObjectNode().put("index", 0);
    ObjectNode content = block.putObject("content_block");
    if (call) {
      content.put("type", "tool_use").put("id", "toolu_" + message.get("id").asText());
      content.put("name", said.tool()).putObject("input");
    } else {
      content.put("type", "text").put("text", "");
    }
    event(out, "content_block_start", block);
    ObjectNode delta = JSON.createObjectNode().put("index", 0);
    if (call) {
      delta
          .putObject("delta")
          .put("type", "input_json_delta")
          .put("partial_json", JSON.valueToTree(said.input()).toString());
    } else {
      delta.putObject("delta").put("type", "text_delta").put("text", said.words());
    }
    event(out, "content_block_delta", delta);
    event(out, "content_block_stop", JSON.createObjectNode().put("index", 0));
    ObjectNode end = JSON.createObjectNode();
    end.putObject("delta").put("stop_reason", call ? "tool_use" : "end_turn");
    end.set("usage", usage());
    event(out, "message_delta", end);
    event(out, "message_stop", JSON.createObjectNode());
    return out.toString();
  }

  private static void event(StringBuilder out, String type, ObjectNode data) {
    data.put("type", type);
    out.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
  }

  private static void event(StringBuilder out, String type, JsonNode data) {
    event(out, type, (ObjectNode) data);
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
