package dev.flightlog.server.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A comment on GitHub that asks for a review, as GitHub sends it. */
record Sent(String delivery, byte[] body) {
  static final String SECRET = "a secret for tests only";

  static Sent comment(int number) {
    String json =
        "{\"action\":\"created\",\"issue\":{\"number\":42},\"comment\":{\"id\":"
            + number
            + ",\"body\":\"@bot review\",\"author_association\":\"MEMBER\",\"user\":{\"login\":"
            + "\"dev\",\"type\":\"User\"}},\"repository\":{\"full_name\":\"owner/repo\"},"
            + "\"sender\":{\"login\":\"dev\",\"type\":\"User\"}}";
    return new Sent("delivery-" + number, json.getBytes(UTF_8));
  }

  String signature() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder to(URI server) {
    return HttpRequest.newBuilder(server.resolve("/webhooks/github"))
        .header("Content-Type", "application/json")
        .header("X-GitHub-Event", "issue_comment")
        .header("X-GitHub-Delivery", delivery)
        .header("X-Hub-Signature-256", signature())
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }
}
