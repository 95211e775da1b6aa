package dev.flightlog.benchmarks.telemetry;

import java.nio.charset.StandardCharsets;

/** The spans of {@link SpanBatches} in the JSON of Zipkin's second API. For one thread. */
final class ZipkinSpans implements SpanRequests {
  private static final String TOOL = "execute_tool query";
  private final int size;
  private final long base = System.currentTimeMillis() * 1000;
  private final StringBuilder json = new StringBuilder(64 << 10);

  ZipkinSpans(int size) {
    this.size = size;
  }

  @Override
  public String path() {
    return "/api/v2/spans";
  }

  @Override
  public String mediaType() {
    return "application/json";
  }

  @Override
  public byte[] request(long first) {
    json.setLength(0);
    for (int i = 0; i < size; i++) {
      json.append(i == 0 ? '[' : ',');
      span(first + i);
    }
    return SpanBatches.gzip(json.append(']').toString().getBytes(StandardCharsets.UTF_8));
  }

  private void span(long number) {
    boolean tool = number % 4 == 0;
    json.append("{\"traceId\":\"0000000000005f3c").append(hex(number / 20 + 1));
    json.append("\",\"id\":\"").append(hex(number));
    if (number % 20 != 0) {
      json.append("\",\"parentId\":\"").append(hex(number - number % 20 + 1));
    }
    json.append("\",\"name\":\"").append(tool ? TOOL : "get /orders/{id}");
    json.append(tool ? "" : "\",\"kind\":\"CLIENT");
    json.append("\",\"timestamp\":").append(base + number);
    json.append(",\"duration\":").append(1000 * (number % 300) + 1);
    json.append(",\"localEndpoint\":{\"serviceName\":\"checkout\"},\"tags\":{");
    if (tool) {
      tag("gen_ai.operation.name", "execute_tool").append(',');
      tag("gen_ai.tool.name", number % 8 == 0 ? "query" : "read_file").append(',');
      tag("gen_ai.conversation.id", "conversation-" + number / 1000).append(',');
      tag(
          "gen_ai.tool.call.arguments",
          "{\\\"path\\\":\\\"src/main/File" + number % 90 + ".java\\\"}");
    } else {
      tag("http.request.method", "GET").append(',');
      tag("url.full", "https://shop.example/orders/" + number).append(',');
      tag("http.response.status_code", number % 50 == 1 ? "500" : "200").append(',');
      tag("server.address", "shop.example").append(',');
      tag("thread.name", "worker-" + number % 16).append(',');
      tag("user_agent.original", "checkout/1.4 (linux; x86_64)");
    }
    json.append("}}");
  }

  private StringBuilder tag(String key, String value) {
    return json.append('"').append(key).append("\":\"").append(value).append('"');
  }

  private static String hex(long number) {
    return String.format("%016x", number);
  }
}
