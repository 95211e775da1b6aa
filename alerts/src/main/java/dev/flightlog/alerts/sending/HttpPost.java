package dev.flightlog.alerts.sending;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Posts JSON to one address. Safe for many threads. */
final class HttpPost {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final URI address;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          // Whoever it is passed on to was not told to us.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  HttpPost(URI address) {
    this.address = address;
  }

  /**
   * @throws IOException when the answer is none of success; its address is not in the message, for
   *     it may be the secret
   */
  void send(byte[] body, Map<String, String> headers) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<byte[]> answer;
    try {
      answer =
          client.send(
              request.build(),
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofByteArray(), 64 << 10));
    } catch (IOException e) {
      throw new IOException(
          "no answer from " + address.getHost() + ": " + e.getClass().getSimpleName(), e);
    }
    if (answer.statusCode() / 100 != 2) {
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException(
          address.getHost()
              + " answered "
              + answer.statusCode()
              + (said.isBlank() ? "" : ": " + dev.flightlog.wording.SafeText.shortened(said, 100)));
    }
  }
}
