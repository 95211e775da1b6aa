package dev.flightlog.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A request as a provider sends it. */
record Signed(String provider, Map<String, List<String>> headers, byte[] body) {
  static final String SECRET = "a secret for tests only";

  static Signed gitHub(String event, String delivery, String json) {
    byte[] body = json.getBytes(UTF_8);
    return new Signed(
        "github",
        headers(
            "X-GitHub-Event",
            event,
            "X-GitHub-Delivery",
            delivery,
            "X-Hub-Signature-256",
            "sha256=" + hmac(body),
            "Content-Type",
            "application/json"),
        body);
  }

  static Signed slack(Instant at, String json) {
    byte[] body = json.getBytes(UTF_8);
    String time = Long.toString(at.getEpochSecond());
    return new Signed(
        "slack",
        headers(
            "X-Slack-Request-Timestamp",
            time,
            "X-Slack-Signature",
            "v0=" + hmac(("v0:" + time + ":" + json).getBytes(UTF_8)),
            "Content-Type",
            "application/json"),
        body);
  }

  static Signed jira(String delivery, String json) {
    byte[] body = json.getBytes(UTF_8);
    return new Signed(
        "jira",
        headers(
            "X-Atlassian-Webhook-Identifier",
            delivery,
            "X-Hub-Signature",
            "sha256=" + hmac(body),
            "Content-Type",
            "application/json; charset=UTF-8"),
        body);
  }

  String header(String name) {
    return headers.getOrDefault(name, List.of()).getFirst();
  }

  Signed with(String header, String... values) {
    Map<String, List<String>> changed = new TreeMap<>(headers);
    changed.put(header, List.of(values));
    return new Signed(provider, changed, body);
  }

  Signed without(String header) {
    Map<String, List<String>> changed = new TreeMap<>(headers);
    changed.remove(header);
    return new Signed(provider, changed, body);
  }

  Signed body(byte[] other) {
    return new Signed(provider, headers, other);
  }

  static Map<String, List<String>> headers(String... pairs) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      headers.put(pairs[i], List.of(pairs[i + 1]));
    }
    return headers;
  }

  static String hmac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A comment of a member on issue 42 of owner/repo. */
  static String comment(long id, String text) {
    return comment(id, text, "MEMBER", "dev", "User");
  }

  static String comment(long id, String text, String association, String login, String type) {
    return "{\"action\":\"created\",\"issue\":{\"number\":42,\"title\":\"A title\"},"
        + "\"comment\":{\"id\":"
        + id
        + ",\"body\":"
        + new dev.flightlog.event.json.JsonWriter().string(text)
        + ",\"author_association\":\""
        + association
        + "\",\"user\":{\"login\":\""
        + login
        + "\",\"type\":\""
        + type
        + "\"}},\"repository\":{\"full_name\":\"owner/repo\"},"
        + "\"sender\":{\"login\":\""
        + login
        + "\",\"type\":\""
        + type
        + "\"}}";
  }
}
