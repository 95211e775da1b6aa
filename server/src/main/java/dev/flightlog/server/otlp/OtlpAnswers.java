package dev.flightlog.server.otlp;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.otlp.Signal;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Response;
import dev.flightlog.wording.SafeText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers of OTLP over HTTP, in the encoding of the request. Stateless. */
final class OtlpAnswers {
  static final String PROTOBUF = "application/x-protobuf";
  static final String JSON = "application/json";

  private static final int LONGEST_MESSAGE = 300;

  private OtlpAnswers() {}

  static boolean isJson(@Nullable String contentType) {
    return contentType != null && contentType.strip().toLowerCase(Locale.ROOT).startsWith(JSON);
  }

  /** An {@code Export…ServiceResponse}: empty, or with how many records were rejected and why. */
  static Response accepted(Signal signal, boolean json, long rejected, String reason) {
    String message = rejected == 0 ? "" : SafeText.shortened(SafeText.of(reason), LONGEST_MESSAGE);
    if (json) {
      JsonWriter out = new JsonWriter().beginObject();
      if (rejected > 0) {
        out.key("partialSuccess").beginObject();
        out.key(rejectedName(signal)).string(Long.toString(rejected));
        out.key("errorMessage").string(message).endObject();
      }
      return answer(200, JSON, out.endObject().toByteArray(), Map.of());
    }
    ByteArrayOutputStream partial = new ByteArrayOutputStream();
    if (rejected > 0) {
      partial.write(1 << 3);
      varint(rejected, partial);
      text(2, message, partial);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (partial.size() > 0) {
      bytes(1, partial.toByteArray(), out);
    }
    return answer(200, PROTOBUF, out.toByteArray(), Map.of());
  }

  private static String rejectedName(Signal signal) {
    return switch (signal) {
      case TRACES -> "rejectedSpans";
      case LOGS -> "rejectedLogRecords";
      case METRICS -> "rejectedDataPoints";
    };
  }

  /** A problem as {@code google.rpc.Status}. */
  static Response problem(Problem problem, @Nullable String contentType) {
    int code =
        switch (problem.status()) {
          case 400, 413, 415 -> 3;
          case 401 -> 16;
          case 429 -> 8;
          case 408, 503 -> 14;
          default -> 2;
        };
    if (isJson(contentType)) {
      JsonWriter out = new JsonWriter().beginObject();
      out.key("code").number(code).key("message").string(problem.detail()).endObject();
      return answer(problem.status(), JSON, out.toByteArray(), problem.headers());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1 << 3);
    varint(code, out);
    text(2, problem.detail(), out);
    return answer(problem.status(), PROTOBUF, out.toByteArray(), problem.headers());
  }

  private static Response answer(
      int status, String type, byte[] body, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", type);
    return new Response(status, all, new Content.Bytes(body));
  }

  private static void text(int field, String text, ByteArrayOutputStream out) {
    bytes(field, text.getBytes(StandardCharsets.UTF_8), out);
  }

  private static void bytes(int field, byte[] bytes, ByteArrayOutputStream out) {
    out.write(field << 3 | 2);
    varint(bytes.length, out);
    out.writeBytes(bytes);
  }

  private static void varint(long value, ByteArrayOutputStream out) {
    long left = value;
    while (left > 127) {
      out.write((int) (left & 127) | 128);
      left >>>= 7;
    }
    out.write((int) left);
  }
}
