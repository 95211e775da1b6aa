package dev.flightlog.webhooks.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;

/**
 * Posts JSON to one provider's API. Answers that may get better (408, 429, 5xx, no answer) are
 * tried again, with pauses that double from half a second and that {@code Retry-After} makes
 * longer; when it asks for more than {@link #LONGEST_PAUSE}, or nothing helped, the call has
 * failed. Redirects are not followed: the address is the configured one or none.
 *
 * <p>Safe for any thread; blocks.
 */
public final class Api {
  static final int ATTEMPTS = 5;
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final int CALLS_AT_ONCE = 8;
  private static final int MOST_BYTES = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Semaphore atOnce = new Semaphore(CALLS_AT_ONCE);
  private final URI base;
  private final Map<String, String> headers;
  private final Pause pause;
  private final InstantSource clock;

  /**
   * @param base what paths are appended to
   * @param headers sent with every call; {@code Authorization} among them
   */
  public Api(URI base, Map<String, String> headers, Pause pause, InstantSource clock) {
    this.base = base;
    this.headers = Map.copyOf(headers);
    this.pause = pause;
    this.clock = clock;
  }

  /** What an answer means for its caller. */
  @FunctionalInterface
  interface Judge {
    /** Every answer with a status of success is fine. */
    Judge STATUS = answer -> new Judgement.Fine();

    Judgement of(JsonNode answer);
  }

  /** Posts until it is taken or nothing helps. */
  ResponseOutcome post(String action, String path, Object body, Judge judge)
      throws InterruptedException {
    byte[] json = new JsonWriter().value(body).toByteArray();
    HttpRequest request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(json)).build();
    Duration next = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      switch (once(request, judge)) {
        case Attempt.Done done -> {
          return new ResponseOutcome.Sent(action, attempt, done.status());
        }
        case Attempt.Failed failed -> {
          Duration wait = failed.retryAfter().compareTo(next) > 0 ? failed.retryAfter() : next;
          boolean tooLong = wait.compareTo(LONGEST_PAUSE) > 0;
          if (!failed.again() || tooLong || attempt == ATTEMPTS) {
            String reason = failed.reason() + (tooLong ? "; asks to wait for " + wait : "");
            return new ResponseOutcome.Failed(action, attempt, failed.status(), reason);
          }
          pause.sleep(wait);
          next = next.multipliedBy(2);
        }
      }
    }
  }

  /** Asks for what stands there, again when that may help. */
  Attempt get(String path, int attempts) throws InterruptedException {
    HttpRequest request = request(path).GET().build();
    Attempt attempt = once(request, Judge.STATUS);
    for (int made = 1; made < attempts && mayPass(attempt); made++) {
      pause.sleep(FIRST_PAUSE);
      attempt = once(request, Judge.STATUS);
    }
    return attempt;
  }

  private static boolean mayPass(Attempt attempt) {
    return attempt instanceof Attempt.Failed failed && failed.again();
  }

  /** What one call came to. */
  sealed interface Attempt {
    /** It did what was asked. */
    record Done(int status, JsonNode answer) implements Attempt {}

    /**
     * It did not.
     *
     * @param again true when trying again may help
     */
    record Failed(OptionalInt status, String reason, boolean again, Duration retryAfter)
        implements Attempt {}
  }

  private HttpRequest.Builder request(String path) {
    String text = base.toString();
    String root = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(ANSWER)
            .header("User-Agent", "flightlog")
            .header("Content-Type", "application/json; charset=utf-8");
    headers.forEach(request::header);
    return request;
  }

  private Attempt once(HttpRequest request, Judge judge) throws InterruptedException {
    HttpResponse<InputStream> response;
    byte[] body;
    atOnce.acquire();
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        body = in.readNBytes(MOST_BYTES);
      }
    } catch (IOException e) {
      return new Attempt.Failed(
          OptionalInt.empty(), "no answer: " + e.getClass().getSimpleName(), true, Duration.ZERO);
    } finally {
      atOnce.release();
    }
    int status = response.statusCode();
    Duration retryAfter = retryAfter(response);
    if (status < 200 || status > 299) {
      boolean limited = status == 403 && !retryAfter.isZero();
      boolean again = status == 408 || status == 429 || status >= 500 || limited;
      return new Attempt.Failed(OptionalInt.of(status), "answered " + status, again, retryAfter);
    }
    JsonNode answer;
    try {
      answer = JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      answer = JSON.missingNode();
    }
    return switch (judge.of(answer)) {
      case Judgement.Fine fine -> new Attempt.Done(status, answer);
      case Judgement.Complaint complaint ->
          new Attempt.Failed(
              OptionalInt.of(status), complaint.text(), complaint.mayPass(), retryAfter);
    };
  }

  /** RFC 9110, 10.2.3: seconds or a date. */
  private Duration retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    if (!value.isEmpty() && value.length() <= 9 && value.chars().allMatch(Character::isDigit)) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Duration until =
          Duration.between(
              clock.instant(),
              ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      return until.isNegative() ? Duration.ZERO : until;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }
}
