package dev.flightlog.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.server.web.ProblemException;
import dev.flightlog.server.web.Request;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers messages of the Model Context Protocol one by one. Both ways of opening are understood:
 * with a handshake (until 2025-11-25), and without, where every request says who sends it and which
 * revision it speaks (from 2026-07-28 on, for which the library has nothing). Safe for many
 * threads.
 */
final class McpMessages {
  static final String VERSION = "MCP-Protocol-Version";
  static final String METHOD = "Mcp-Method";
  static final String NAME = "Mcp-Name";

  private static final String MODERN = "2026-07-28";

  /** Revisions, the newest first. */
  static final List<String> VERSIONS =
      List.of(MODERN, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private static final String META = "io.modelcontextprotocol/";
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int NO_METHOD = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int HEADER_MISMATCH = -32020;
  private static final int UNSUPPORTED_VERSION = -32022;

  /** The tools never change while a server runs. */
  private static final long FRESH_MS = 3_600_000;

  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
  private final Map<String, McpTool> tools = new LinkedHashMap<>();
  private final Map<String, Object> server;

  McpMessages(McpTools all, String version) {
    for (McpTool tool : all.tools()) {
      tools.put(tool.definition().name(), tool);
    }
    server = Map.of("name", "flightlog", "version", version);
  }

  /**
   * What goes back.
   *
   * @param json empty when there is nothing to say
   * @param session to be named in later requests; null for none
   */
  record Answered(int status, String json, @Nullable String session) {}

  /** A message that cannot be answered as it is; becomes a JSON-RPC error. */
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final int code;
    private final transient @Nullable Map<String, Object> data;

    RefusedException(int status, int code, String message, @Nullable Map<String, Object> data) {
      super(message);
      this.status = status;
      this.code = code;
      this.data = data;
    }

    RefusedException(int status, int code, String message) {
      this(status, code, message, null);
    }
  }

  Answered answer(Request request) {
    Object id = null;
    try {
      JsonNode message = message(request);
      id = id(message);
      String method = message.path("method").asText("");
      if (method.isEmpty()) {
        throw new RefusedException(400, INVALID_REQUEST, "a message has a method");
      }
      String asked = version(message);
      boolean modern = asked != null || MODERN.equals(request.header(VERSION));
      if (modern) {
        checkModern(request, message, method, asked);
      } else {
        checkLegacy(request);
      }
      if (!message.has("id")) {
        return new Answered(202, "", null);
      }
      return modern ? modern(id, method, message) : legacy(id, method, message, request);
    } catch (RefusedException e) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("code", e.code);
      error.put("message", String.valueOf(e.getMessage()));
      if (e.data != null) {
        error.put("data", e.data);
      }
      return answered(e.status, id, "error", error, null);
    }
  }

  private static JsonNode message(Request request) throws RefusedException {
    JsonNode message;
    try {
      message = request.json();
    } catch (ProblemException e) {
      throw new RefusedException(400, PARSE_ERROR, String.valueOf(e.getMessage()));
    }
    if (!message.isObject() || !message.path("jsonrpc").asText("").equals("2.0")) {
      throw new RefusedException(
          400, INVALID_REQUEST, "the body is one JSON-RPC 2.0 message, not a list of them");
    }
    return message;
  }

  private static @Nullable Object id(JsonNode message) throws RefusedException {
    JsonNode id = message.path("id");
    if (id.isMissingNode()) {
      return null;
    }
    if (id.isTextual()) {
      return id.asText();
    }
    if (!id.isIntegralNumber()) {
      throw new RefusedException(400, INVALID_REQUEST, "an id is a text or a whole number");
    }
    return id.bigIntegerValue();
  }

  /** The revision that a message itself names. */
  private static @Nullable String version(JsonNode message) {
    JsonNode version = message.path("params").path("_meta").path(META + "protocolVersion");
    return version.isTextual() ? version.asText() : null;
  }

  private static void checkModern(
      Request request, JsonNode message, String method, @Nullable String asked)
      throws RefusedException {
    String told = request.header(VERSION);
    if (asked == null || !asked.equals(told)) {
      throw mismatch(VERSION, told, asked);
    }
    if (!asked.equals(MODERN)) {
      throw unsupported(asked);
    }
    if (!method.equals(request.header(METHOD))) {
      throw mismatch(METHOD, request.header(METHOD), method);
    }
    if (method.equals("tools/call")) {
      String name = message.path("params").path("name").asText("");
      String header = request.header(NAME);
      if (header == null || !decoded(header).equals(name)) {
        throw mismatch(NAME, header, name);
      }
    }
  }

  private static RefusedException unsupported(String asked) {
    return new RefusedException(
        400,
        UNSUPPORTED_VERSION,
        "the revision '" + asked + "' is not spoken here",
        Map.of("supported", VERSIONS, "requested", asked));
  }

  private static RefusedException mismatch(
      String header, @Nullable String value, @Nullable String body) {
    return new RefusedException(
        400,
        HEADER_MISMATCH,
        "the header "
            + header
            + (value == null ? " is missing" : " says '" + value + "'")
            + ", the message "
            + (body == null ? "names none in params._meta" : "says '" + body + "'"));
  }

  /** A header whose value did not fit into ASCII is Base64 between two marks. */
  private static String decoded(String header) {
    if (header.startsWith("=?base64?") && header.endsWith("?=")) {
      try {
        return new String(
            Base64.getDecoder().decode(header.substring(9, header.length() - 2)),
            StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return header;
      }
    }
    return header;
  }

  private static void checkLegacy(Request request) throws RefusedException {
    String told = request.header(VERSION);
    if (told != null && !VERSIONS.contains(told)) {
      throw unsupported(told);
    }
    String session = request.header(McpSession.HEADER);
    if (session != null && McpSession.client(session) == null) {
      throw new RefusedException(
          404, INVALID_REQUEST, "there is no such session: begin anew with 'initialize'");
    }
  }

  private Answered modern(@Nullable Object id, String method, JsonNode message)
      throws RefusedException {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("resultType", "complete");
    switch (method) {
      case "server/discover" -> {
        result.put("supportedVersions", VERSIONS);
        result.put("capabilities", Map.of("tools", Map.of()));
        result.put("instructions", McpTools.INSTRUCTIONS);
        fresh(result);
        result.put("_meta", Map.of(META + "serverInfo", server));
      }
      case "tools/list" -> {
        result.put("tools", definitions());
        fresh(result);
      }
      case "tools/call" -> {
        JsonNode client = message.path("params").path("_meta").path(META + "clientInfo");
        result.putAll(map(call(message, text(client.path("name")))));
      }
      default -> throw new RefusedException(404, NO_METHOD, "there is no method " + method);
    }
    return answered(200, id, "result", result, null);
  }

  private static void fresh(Map<String, Object> result) {
    result.put("ttlMs", FRESH_MS);
    result.put("cacheScope", "private");
  }

  private Answered legacy(@Nullable Object id, String method, JsonNode message, Request request)
      throws RefusedException {
    return switch (method) {
      case "initialize" -> initialize(id, message);
      case "ping" -> answered(200, id, "result", Map.of(), null);
      case "tools/list" -> answered(200, id, "result", Map.of("tools", definitions()), null);
      case "tools/call" -> {
        String session = request.header(McpSession.HEADER);
        String client = session == null ? null : McpSession.client(session);
        yield answered(200, id, "result", call(message, client), null);
      }
      default -> throw new RefusedException(200, NO_METHOD, "there is no method " + method);
    };
  }

  private Answered initialize(@Nullable Object id, JsonNode message) {
    JsonNode params = message.path("params");
    String asked = params.path("protocolVersion").asText("");
    boolean known = VERSIONS.contains(asked) && !asked.equals(MODERN);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("protocolVersion", known ? asked : VERSIONS.get(1));
    result.put("capabilities", Map.of("tools", Map.of("listChanged", false)));
    result.put("serverInfo", server);
    result.put("instructions", McpTools.INSTRUCTIONS);
    String client = text(params.path("clientInfo").path("name"));
    return answered(200, id, "result", result, McpSession.id(client == null ? "" : client));
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.asText() : null;
  }

  private List<Tool> definitions() {
    List<Tool> all = new ArrayList<>();
    tools.values().forEach(tool -> all.add(tool.definition()));
    return all;
  }

  private CallToolResult call(JsonNode message, @Nullable String client) throws RefusedException {
    JsonNode params = message.path("params");
    McpTool tool = tools.get(params.path("name").asText(""));
    JsonNode arguments = params.path("arguments");
    if (tool == null) {
      throw new RefusedException(
          200, INVALID_PARAMS, "there is no tool '" + params.path("name").asText("") + "'");
    }
    if (!arguments.isObject() && !arguments.isMissingNode() && !arguments.isNull()) {
      throw new RefusedException(200, INVALID_PARAMS, "arguments are one JSON object");
    }
    Map<String, Object> given = new LinkedHashMap<>();
    arguments
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          if (!value.isNull()) {
            given.put(entry.getKey(), value.isValueNode() ? value.asText() : value.toString());
          }
        });
    return tool.call(given, client);
  }

  private Map<String, Object> map(CallToolResult result) {
    return mapper.convertValue(result, new TypeRef<Map<String, Object>>() {});
  }

  private Answered answered(
      int status, @Nullable Object id, String key, Object value, @Nullable String session) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("jsonrpc", "2.0");
    all.put("id", id);
    all.put(key, value);
    try {
      return new Answered(status, mapper.writeValueAsString(all), session);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
