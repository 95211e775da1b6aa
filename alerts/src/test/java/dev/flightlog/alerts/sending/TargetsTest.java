package dev.flightlog.alerts.sending;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Severity;
import dev.flightlog.alerts.state.Alert;
import dev.flightlog.alerts.state.Notice;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages through real connections and processes. */
class TargetsTest {
  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final String HOSTILE =
      "<!channel> <https://x|y> @here *b* \"q\" \u20ac & </script>";

  @TempDir Path folder;
  private HttpServer server;
  private final Map<String, String> headers = new HashMap<>();
  private String body = "";
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext(
        "/services/T0/B0/a-secret",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((name, values) -> headers.put(name, values.getFirst()));
          body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          byte[] answer = "no_such\u001bhook".getBytes(UTF_8);
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/services/T0/B0/a-secret");
  }

  static Notice notice(Notice.Kind kind) {
    Condition condition =
        new Condition(
            "loop", HOSTILE, Severity.WARNING, "an agent repeats itself", "session " + HOSTILE);
    Alert alert = new Alert("3f8a01bc", condition, Timestamps.of(NOW), null, null);
    return new Notice("3f8a01bc-" + kind.word() + "-x", "x", kind, alert, Timestamps.of(NOW), 0, 0);
  }

  @Test
  void toSlackATextIsPlainTextWhateverStandsInIt() throws Exception {
    new SlackTarget(address()).send(notice(Notice.Kind.FIRED));

    byte[] sent = body.getBytes(UTF_8);
    Object value = new JsonReader().reset(sent, 0, sent.length).value();
    Map<?, ?> json = value instanceof Map<?, ?> map ? map : Map.of();
    assertThat(String.valueOf(json.get("text"))).isEqualTo("warning: an agent repeats itself");
    assertThat(String.valueOf(json.get("blocks")))
        .contains("type=plain_text")
        .contains("<!channel>")
        .doesNotContain("mrkdwn");
    assertThat(headers).containsEntry("Content-type", "application/json; charset=utf-8");
  }

  @Test
  void aWebhookIsSignedAsStandardWebhooksSays() throws Exception {
    String secret =
        "whsec_" + Base64.getEncoder().encodeToString("a key of 24 bytes, or so".getBytes(UTF_8));
    new WebhookTarget(address(), secret, Clock.fixed(NOW, ZoneOffset.UTC))
        .send(notice(Notice.Kind.RESOLVED));

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("a key of 24 bytes, or so".getBytes(UTF_8), "HmacSHA256"));
    String signed = headers.get("Webhook-id") + "." + headers.get("Webhook-timestamp") + "." + body;
    assertThat(headers)
        .containsEntry("Webhook-id", "3f8a01bc-resolved-x")
        .containsEntry("Webhook-timestamp", String.valueOf(NOW.getEpochSecond()))
        .containsEntry(
            "Webhook-signature",
            "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    assertThat(body).startsWith("{\"type\":\"alert.resolved\",\"timestamp\":\"2026-06-10T12:00:00");
  }

  @Test
  void theSignatureIsThatOfThePublishedExample() {
    // The example of the specification and its libraries.
    assertThat(
            WebhookTarget.signature(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                "{\"test\": 2432232314}".getBytes(UTF_8)))
        .isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void whatIsNoSuccessIsTriedAgainAndTellsNoSecret() {
    for (int each : List.of(301, 404, 500)) {
      status = each;
      assertThatThrownBy(() -> new SlackTarget(address()).send(notice(Notice.Kind.FIRED)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1 answered " + each)
          .hasMessageNotContaining("a-secret")
          .hasMessageNotContaining("\u001b");
    }
    server.stop(0);
    assertThatThrownBy(() -> new SlackTarget(address()).send(notice(Notice.Kind.FIRED)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no answer from 127.0.0.1")
        .hasMessageNotContaining("a-secret");
  }

  @Test
  void aCommandGetsTheMessageOnItsInputAndMustEndWell() throws Exception {
    Path got = folder.resolve("got");
    new CommandTarget(
            List.of("sh", "-c", "printenv FLIGHTLOG_ALERT > \"$0\"; cat >> \"$0\"", got.toString()))
        .send(notice(Notice.Kind.FIRED));

    assertThat(Files.readString(got))
        .startsWith("warning: an agent repeats itself\n{\"type\":\"alert.fired\"")
        .contains("<!channel>");
    assertThatThrownBy(
            () -> new CommandTarget(List.of("sh", "-c", "exit 3")).send(notice(Notice.Kind.FIRED)))
        .hasMessageContaining("ended with 3");
    assertThatThrownBy(() ->
            new CommandTarget(List.of(folder.resolve("none").toString()))
                .send(notice(Notice.Kind.FIRED)))
        .isInstanceOf(IOException.class);
  }
}
