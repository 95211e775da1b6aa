package dev.flightlog.server.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.server.web.Json;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a stream as the HTML standard tells browsers to: fields, a blank line, the last id. */
final class Watcher implements AutoCloseable {
  final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  /** The id behind which this watcher would go on. */
  String lastId;

  /** What was told of last. */
  record Told(String kind, JsonNode data) {}

  Watcher(HttpClient client, URI uri, @Nullable String lastId) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    this.lastId = lastId == null ? "" : lastId;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The next message with data; fails at the end of the stream. */
  Told next() throws IOException {
    String kind = "message";
    String id = lastId;
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        lastId = id;
        if (!data.isEmpty()) {
          return new Told(kind, Json.parse(data.toString().getBytes(StandardCharsets.UTF_8)));
        }
      } else if (line.startsWith("event: ")) {
        kind = line.substring(7);
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      }
    }
    throw new EOFException("the stream has ended");
  }

  /** Waits until the stream has told where it begins, with or without a message. */
  void awaitPlace() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        lastId = line.substring(4);
        return;
      }
    }
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
