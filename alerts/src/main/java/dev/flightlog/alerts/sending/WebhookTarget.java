package dev.flightlog.alerts.sending;

import dev.flightlog.alerts.state.Notice;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Any address, signed as the Standard Webhooks specification says (github.com/standard-webhooks),
 * so that its libraries verify it: HMAC-SHA256 over id, time and body.
 */
public final class WebhookTarget implements Target {
  private static final String BASE64 = "whsec_";

  private final HttpPost post;
  private final String secret;
  private final Clock clock;

  /**
   * @param secret as it is, or {@code whsec_} and base64; empty for no signature
   * @param clock for the time that is signed
   */
  public WebhookTarget(URI address, String secret, Clock clock) {
    this.post = new HttpPost(address);
    this.secret = secret;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(Notice notice) throws IOException, InterruptedException {
    byte[] body = body(notice);
    String time = String.valueOf(clock.instant().getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", notice.id());
    headers.put("webhook-timestamp", time);
    if (!secret.isEmpty()) {
      headers.put("webhook-signature", "v1," + signature(secret, notice.id(), time, body));
    }
    post.send(body, headers);
  }

  static byte[] body(Notice notice) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("type", "alert." + notice.kind().word());
    json.put("timestamp", Timestamps.text(notice.at()));
    json.put("data", notice.alert().values());
    return new JsonWriter().value(json).toByteArray();
  }

  static String signature(String secret, String id, String time, byte[] body) {
    try {
      byte[] key =
          secret.startsWith(BASE64)
              ? Base64.getDecoder().decode(secret.substring(BASE64.length()))
              : secret.getBytes(StandardCharsets.UTF_8);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("the secret of the webhook is no key", e);
    }
  }
}
