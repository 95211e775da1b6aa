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
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A Responses API on loopback whose model calls the shell with one command after another, as many
 * as were not answered yet in the conversation, and then is done.
 */
final class ScriptedResponses implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> commands;
  private final HttpServer server;
  private String conversation = "";
  private int responses;

  ScriptedResponses(String... commands) throws IOException {
    this.commands = List.of(commands);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What the client sent last. */
  synchronized String conversation() {
    return conversation;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestURI().getPath().equals("/v1/responses")) {
        respond(exchange, "application/json", "{\"data\":[]}");
        return;
      }
      respond(exchange, "text/event-stream", stream(JSON.readTree(body)));
    }
  }

  private synchronized String stream(JsonNode request) {
    String input = request.path("input").toString();
    conversation = input;
    int done = input.split("\"type\":\"function_call_output\"", -1).length - 1;
    int number = ++responses;
    ObjectNode item = JSON.createObjectNode();
    if (done < commands.size()) {
      item.put("type", "function_call").put("id", "fc_" + number).put("call_id", "call_" + number);
      item.put("name", "exec_command");
      item.put("arguments", JSON.createObjectNode().put("cmd", commands.get(done)).toString());
    } else {
      item.put("type", "message").put("id", "m_" + number).put("role", "assistant");
      item.putArray("content").addObject().put("type", "output_text").put("text", "Done.");
    }
    StringBuilder out = new StringBuilder();
    ObjectNode response = JSON.createObjectNode().put("id", "resp_" + number);
    event(out, "response.created", JSON.createObjectNode().set("response", response));
    ObjectNode made = JSON.createObjectNode().put("output_index", 0);
    made.set("item", item);
    event(out, "response.output_item.done", made);
    ObjectNode ended = JSON.createObjectNode().put("id", "resp_" + number);
    ended
        .putObject("usage")
        .put("input_tokens", 400)
        .put("output_tokens", 40)
        .put("total_tokens", 440);
    event(out, "response.completed", JSON.createObjectNode().set("response", ended));
    return out.toString();
  }

  private static void event(StringBuilder out, String type, JsonNode data) {
    ((ObjectNode) data).put("type", type);
    out.append("event: ").append(type).append("\ndata: ").append(data).append("\n\n");
  }

  private static void respond(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
