package dev.flightlog.cli.questions;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a running server, read as server-sent events. A connection that breaks is made anew
 * behind the last message, so that nothing is missed or told twice. For one thread; blocks.
 */
final class ServerStream implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long AGAIN_MS = 1000;

  /** So often in a row a connection may fail before the server counts as gone. */
  private static final int TRIES = 5;

  private final URI address;
  private final Map<String, String> filters;
  private final @Nullable String token;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private String place;

  /**
   * @param filters parameters of the stream by their names
   * @param token for servers that want one; null for none
   * @param place behind which to begin
   */
  ServerStream(URI address, Map<String, String> filters, @Nullable String token, String place) {
    this.address = address;
    this.filters = filters;
    this.token = token;
    this.place = place;
  }

  /** Takes what comes. */
  interface Told {
    /**
     * An event.
     *
     * @param line as a journal holds it
     */
    void event(String line);

    /** The index was built anew; what is new goes on from now on. */
    void reset();
  }

  /** Behind which message it stands: where somebody else can go on. */
  String place() {
    return place;
  }

  /**
   * Reads on until nobody takes it any more, or the server is gone.
   *
   * @param goesOn asked after each message
   * @return why the server does not answer, in words; empty when nobody takes it any more
   */
  String follow(Told told, BooleanSupplier goesOn) throws InterruptedException {
    String problem = "";
    for (int tries = 0; tries < TRIES && goesOn.getAsBoolean(); tries++) {
      if (tries > 0) {
        TimeUnit.MILLISECONDS.sleep(AGAIN_MS);
      }
      try {
        HttpResponse<InputStream> response =
            client.send(request(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
          if (response.statusCode() != 200) {
            problem = "it answers " + response.statusCode() + ": " + detail(body);
            if (response.statusCode() < 500) {
              return problem;
            }
          } else if (read(body, told, goesOn)) {
            tries = -1;
          }
        }
      } catch (IOException e) {
        problem = "it does not answer: " + e;
      }
    }
    return goesOn.getAsBoolean() ? problem : "";
  }

  private HttpRequest request() {
    StringBuilder query = new StringBuilder();
    filters.forEach((name, value) ->
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve("/api/stream" + query))
            .timeout(PATIENCE)
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", place);
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token.strip());
    }
    return request.build();
  }

  private static String detail(InputStream problem) throws IOException {
    byte[] json = problem.readNBytes(4096);
    try {
      return new JsonReader().reset(json, 0, json.length).value() instanceof Map<?, ?> told
              && told.get("detail") instanceof String detail
          ? detail
          : "";
    } catch (JsonException e) {
      return "";
    }
  }

  /** Reads until the connection ends; true when anything was read. */
  private boolean read(InputStream body, Told told, BooleanSupplier goesOn) {
    boolean some = false;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String kind = "";
      String id = "";
      String data = "";
      for (String line = lines.readLine();
          line != null && goesOn.getAsBoolean();
          line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          kind = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          data = line.substring("data: ".length());
        } else if (line.isEmpty()) {
          some = true;
          tell(kind, data, told);
          place = id.isEmpty() ? place : id;
          kind = "";
          id = "";
          data = "";
        }
      }
    } catch (IOException e) {
      // It broke: the next connection goes on behind the last message.
    }
    return some;
  }

  private static void tell(String kind, String data, Told told) {
    if (kind.equals("event")) {
      told.event(data);
    } else if (kind.equals("reset")) {
      told.reset();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
