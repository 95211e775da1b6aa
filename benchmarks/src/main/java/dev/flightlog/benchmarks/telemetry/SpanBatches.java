package dev.flightlog.benchmarks.telemetry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Requests of spans, as protobuf and gzip, each span with a number of its own as its id, so that
 * what arrived can be compared with what was acknowledged. Attributes are those of an agent's calls
 * of tools and of a service. For one thread.
 */
final class SpanBatches implements SpanRequests {
  private final int size;
  private final ByteArrayOutputStream scope = new ByteArrayOutputStream(64 << 10);
  private final ByteArrayOutputStream span = new ByteArrayOutputStream(1024);
  private final ByteArrayOutputStream pair = new ByteArrayOutputStream(256);
  private final long base = System.currentTimeMillis() * 1_000_000;

  SpanBatches(int size) {
    this.size = size;
  }

  @Override
  public String path() {
    return "/v1/traces";
  }

  @Override
  public String mediaType() {
    return "application/x-protobuf";
  }

  @Override
  public byte[] request(long first) {
    scope.reset();
    for (int i = 0; i < size; i++) {
      span(first + i);
    }
    ByteArrayOutputStream resource = new ByteArrayOutputStream();
    pair.reset();
    text(pair, 1, "service.name");
    value(pair, "checkout");
    bytes(resource, 1, pair.toByteArray());
    ByteArrayOutputStream all = new ByteArrayOutputStream(scope.size() + 128);
    bytes(all, 1, resource.toByteArray());
    bytes(all, 2, scope.toByteArray());
    ByteArrayOutputStream request = new ByteArrayOutputStream(all.size() + 16);
    bytes(request, 1, all.toByteArray());
    return gzip(request.toByteArray());
  }

  private void span(long number) {
    span.reset();
    bytes(span, 1, ByteBuffer.allocate(16).putLong(0x5f3c).putLong(number / 20 + 1).array());
    bytes(span, 2, ByteBuffer.allocate(8).putLong(number).array());
    if (number % 20 != 0) {
      bytes(span, 4, ByteBuffer.allocate(8).putLong(number - number % 20 + 1).array());
    }
    boolean tool = number % 4 == 0;
    text(span, 5, tool ? "execute_tool query" : "GET /orders/{id}");
    span.write(6 << 3);
    span.write(tool ? 1 : 3);
    long start = base + number * 1000;
    fixed(7, start);
    fixed(8, start + 1_000_000 * (number % 300));
    if (tool) {
      attribute("gen_ai.operation.name", "execute_tool");
      attribute("gen_ai.tool.name", number % 8 == 0 ? "query" : "read_file");
      attribute("gen_ai.conversation.id", "conversation-" + number / 1000);
      attribute(
          "gen_ai.tool.call.arguments", "{\"path\":\"src/main/File" + number % 90 + ".java\"}");
    } else {
      attribute("http.request.method", "GET");
      attribute("url.full", "https://shop.example/orders/" + number);
      attribute("http.response.status_code", number % 50 == 1 ? "500" : "200");
      attribute("server.address", "shop.example");
      attribute("thread.name", "worker-" + number % 16);
      attribute("user_agent.original", "checkout/1.4 (linux; x86_64)");
    }
    bytes(scope, 2, span.toByteArray());
  }

  private void attribute(String key, String value) {
    pair.reset();
    ByteArrayOutputStream inner = new ByteArrayOutputStream(128);
    text(inner, 1, key);
    value(inner, value);
    bytes(span, 9, inner.toByteArray());
  }

  private static void value(ByteArrayOutputStream out, String text) {
    ByteArrayOutputStream any = new ByteArrayOutputStream(64);
    text(any, 1, text);
    bytes(out, 2, any.toByteArray());
  }

  private void fixed(int field, long value) {
    span.write(field << 3 | 1);
    span.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  private static void text(ByteArrayOutputStream out, int field, String text) {
    bytes(out, field, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
    out.write(field << 3 | 2);
    int left = bytes.length;
    while (left > 127) {
      out.write(left & 127 | 128);
      left >>>= 7;
    }
    out.write(left);
    out.writeBytes(bytes);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
