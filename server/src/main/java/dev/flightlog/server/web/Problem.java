package dev.flightlog.server.web;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.SafeText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a request was refused: RFC 9457 problem details of type {@code about:blank}. Immutable.
 *
 * @param detail one sentence: what is wrong, and how to mend it; text of the request in it is
 *     shortened and shown without control characters
 * @param headers what the answer carries besides, such as {@code Retry-After}
 */
public record Problem(int status, String detail, Map<String, String> headers) {
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final int LONGEST_DETAIL = 500;

  public Problem {
    headers = Map.copyOf(headers);
    detail = SafeText.shortened(SafeText.of(detail), LONGEST_DETAIL);
  }

  public static Problem of(int status, String detail) {
    return new Problem(status, detail, Map.of());
  }

  public static Problem badRequest(String detail) {
    return of(400, detail);
  }

  public static Problem unauthorized(String detail) {
    return of(401, detail);
  }

  public static Problem notFound(String detail) {
    return of(404, detail);
  }

  /** Cannot be done now: 503. */
  public static Problem overloaded(String detail, Duration retryAfter) {
    return of(503, detail)
        .header("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  public Problem header(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new Problem(status, detail, more);
  }

  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** The answer that tells it. */
  public Response response() {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", MEDIA_TYPE);
    all.put("Cache-Control", "no-store");
    return new Response(status, all, new Content.Bytes(json().getBytes(StandardCharsets.UTF_8)));
  }

  /** One JSON object: {@code type}, {@code title}, {@code status}, {@code detail}. */
  public String json() {
    JsonWriter out = new JsonWriter().beginObject();
    out.key("type").string("about:blank");
    out.key("title").string(title());
    out.key("status").number(status);
    out.key("detail").string(detail);
    return out.endObject().toString();
  }

  /** The phrase of RFC 9110 and RFC 6585 for the status. */
  public String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 411 -> "Length Required";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 417 -> "Expectation Failed";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> status < 500 ? "Request Refused" : "Server Error";
    };
  }
}
