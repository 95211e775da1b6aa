package examples.modelserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks the chat completions of OpenAI on this machine's loopback, from a fixed script: a request
 * that offers tools and brings no result yet is answered with a call of the first tool for {@code
 * bees}; every other one with {@code Bees dance.} Each answer counts 120 input tokens, 20 of them
 * from the cache, and 30 output tokens. A text that holds {@code FAIL} is answered 400.
 */
public final class ModelServer implements AutoCloseable {
  /** The model that it answers as. */
  public static final String MODEL = "gpt-4o-mini";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger answers = new AtomicInteger();

  private ModelServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Listens on a free port. */
  public static ModelServer start() throws IOException {
    return new ModelServer(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** What clients take for the address of the API: {@code http://127.0.0.1:PORT/v1}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** How many requests were answered with 200. */
  public int answers() {
    return answers.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean fails = request.contains("FAIL");
    boolean streams = request.replace(" ", "").contains("\"stream\":true");
    String body =
        fails
            ? "{\"error\":{\"message\":\"told to fail\",\"type\":\"invalid_request_error\"}}"
            : streams ? streamed() : completed(request);
    exchange
        .getResponseHeaders()
        .add("Content-Type", streams && !fails ? "text/event-stream" : "application/json");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(fails ? 400 : 200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
    exchange.close();
  }

  private String completed(String request) {
    int number = answers.incrementAndGet();
    boolean tool = request.contains("\"tools\"") && !request.contains("\"tool_call_id\"");
    String message =
        tool
            ? """
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_%d","type":"function",
             "function":{"name":"%s","arguments":"{\\"topic\\":\\"bees\\"}"}}]}\
            """
                .formatted(number, firstTool(request))
            : "{\"role\":\"assistant\",\"content\":\"Bees dance.\"}";
    return """
    {"id":"chatcmpl-%d","object":"chat.completion","created":1760000000,"model":"%s",
     "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],
     "usage":{"prompt_tokens":120,"completion_tokens":30,"total_tokens":150,
              "prompt_tokens_details":{"cached_tokens":20,"audio_tokens":0}}}
    """
        .formatted(number, MODEL, message, tool ? "tool_calls" : "stop");
  }

  private String streamed() {
    int number = answers.incrementAndGet();
    StringBuilder out = new StringBuilder();
    for (String text : new String[] {"Bees ", "dance."}) {
      out.append("data: ").append(chunk(number, "{\"content\":\"" + text + "\"}", "null", ""));
    }
    out.append("data: ").append(chunk(number, "{}", "\"stop\"", ""));
    String usage =
        ",\"usage\":{\"prompt_tokens\":120,\"completion_tokens\":30,\"total_tokens\":150,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":20}}";
    out.append("data: ").append(chunk(number, null, "null", usage));
    return out.append("data: [DONE]\n\n").toString();
  }

  private static String chunk(
      int number, @org.jspecify.annotations.Nullable String delta, String finish, String usage) {
    String choices =
        delta == null
            ? "[]"
            : "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]";
    return "{\"id\":\"chatcmpl-%d\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
            .formatted(number)
        + "\"model\":\""
        + MODEL
        + "\",\"choices\":"
        + choices
        + usage
        + "}\n\n";
  }

  /** The first name within the tools that a request offers. */
  private static String firstTool(String request) {
    String tools = request.substring(request.indexOf("\"tools\""));
    int name = tools.indexOf("\"name\"");
    int from = tools.indexOf('"', tools.indexOf(':', name)) + 1;
    return tools.substring(from, tools.indexOf('"', from));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
