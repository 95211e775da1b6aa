package dev.flightlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code flightlog serve} in a process of its own, for a home; ends when closed. */
final class ServeProcess implements AutoCloseable {
  private final Process process;
  private final URI address;

  /**
   * @param secret of GitHub's webhooks
   * @param errors takes standard error
   */
  ServeProcess(Path home, String secret, Path errors) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-Dslf4j.provider=org.slf4j.jul.JULServiceProvider",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.flightlog.cli.Main",
            "serve",
            "--port",
            "0",
            "--home",
            home.toString());
    builder.environment().put("FLIGHTLOG_WEBHOOKS_GITHUB_SECRET", secret);
    builder.redirectError(errors.toFile());
    process = builder.start();
    String line = process.inputReader(UTF_8).readLine();
    assertThat(line).as(Files.readString(errors)).contains("http://");
    address = URI.create(line.substring(line.indexOf("http://")));
  }

  /** Sends a signed comment, and gives what the server answers. */
  String comment(String body, String secret, String deliveryId)
      throws IOException, InterruptedException, GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
    String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/webhooks/github"))
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "issue_comment")
            .header("X-GitHub-Delivery", deliveryId)
            .header("X-Hub-Signature-256", "sha256=" + signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** What the server answers. */
  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          (headers.length == 0 ? request : request.headers(headers)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
