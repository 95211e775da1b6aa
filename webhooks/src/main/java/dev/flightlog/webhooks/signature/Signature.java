package dev.flightlog.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signature of a provider's requests: HMAC over the raw bytes, compared in constant
 * time, from exactly one header. There is no second header that also counts and no weaker method.
 *
 * <p>Immutable, safe for any thread; does not block.
 */
public final class Signature {
  /** How far a signed time may be from ours, either way; Slack's documented window. */
  public static final Duration WINDOW = Duration.ofMinutes(5);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final String header;
  private final Form form;
  private final @Nullable String timeHeader;
  private final byte[] secret;

  private Signature(String header, Form form, @Nullable String timeHeader, String secret) {
    this.header = header;
    this.form = form;
    this.timeHeader = timeHeader;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
    if (this.secret.length == 0) {
      throw new IllegalArgumentException("a signature needs a secret");
    }
  }

  public static Signature gitHub(String secret) {
    return new Signature("X-Hub-Signature-256", Form.GITHUB, null, secret);
  }

  public static Signature slack(String secret) {
    return new Signature("X-Slack-Signature", Form.SLACK, "X-Slack-Request-Timestamp", secret);
  }

  public static Signature jira(String secret) {
    return new Signature("X-Hub-Signature", Form.WEBSUB, null, secret);
  }

  /**
   * A provider from the settings.
   *
   * @param timeHeader where the seconds stand that {@link Form#SLACK} signs; null for other forms
   */
  public static Signature of(String header, Form form, @Nullable String timeHeader, String secret) {
    if ((form == Form.SLACK) != (timeHeader != null)) {
      throw new IllegalArgumentException(
          "a timestamp header belongs to the form " + Form.SLACK.word() + ", and to no other");
    }
    return new Signature(header, form, timeHeader, secret);
  }

  /** Judges a request that arrived at this time. */
  public Verdict verify(Headers headers, byte[] body, Instant now) {
    List<String> sent = headers.all(header);
    if (sent.size() != 1) {
      return new Verdict.Wrong(
          (sent.isEmpty() ? "missing" : "more than one") + " header " + header);
    }
    Form.Written written = form.read(sent.getFirst()).orElse(null);
    if (written == null) {
      return new Verdict.Wrong("malformed header " + header);
    }
    Mac mac = mac(written.algorithm());
    if (timeHeader != null) {
      List<String> times = headers.all(timeHeader);
      if (times.size() != 1 || !SECONDS.matcher(times.getFirst()).matches()) {
        return new Verdict.Wrong("not exactly one header " + timeHeader + " with seconds");
      }
      long seconds = Long.parseLong(times.getFirst());
      if (Math.abs(now.getEpochSecond() - seconds) > WINDOW.toSeconds()) {
        return new Verdict.Wrong("signed more than " + WINDOW.toSeconds() + " seconds from now");
      }
      mac.update(("v0:" + times.getFirst() + ":").getBytes(StandardCharsets.US_ASCII));
    }
    return MessageDigest.isEqual(mac.doFinal(body), written.mac())
        ? new Verdict.Right()
        : new Verdict.Wrong("wrong signature");
  }

  private Mac mac(String algorithm) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(secret, algorithm));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform here has " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return "Signature[" + header + ", " + form.word() + "]";
  }
}
