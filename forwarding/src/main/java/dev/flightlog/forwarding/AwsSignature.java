package dev.flightlog.forwarding;

import dev.flightlog.event.files.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests to Amazon's services: signature version 4. Safe for any thread. */
final class AwsSignature {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String accessKey;
  private final String secretKey;
  private final String sessionToken;
  private final String region;
  private final String service;
  private final InstantSource clock;

  /**
   * @param sessionToken of temporary credentials; else empty
   */
  AwsSignature(
      String accessKey,
      String secretKey,
      String sessionToken,
      String region,
      String service,
      InstantSource clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.sessionToken = sessionToken;
    this.region = region;
    this.service = service;
    this.clock = clock;
  }

  /** The headers to add, {@code Authorization} among them. */
  Map<String, String> headers(String method, URI address, Map<String, String> own, byte[] body) {
    Instant now = clock.instant();
    String stamp = STAMP.format(now);
    Map<String, String> added = new LinkedHashMap<>();
    added.put("X-Amz-Date", stamp);
    if (!sessionToken.isEmpty()) {
      added.put("X-Amz-Security-Token", sessionToken);
    }
    Map<String, String> signed = new TreeMap<>();
    signed.put("host", address.getRawAuthority());
    own.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
    added.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value));
    String names = String.join(";", signed.keySet());
    StringBuilder canonical = new StringBuilder(method).append('\n');
    String path = address.getRawPath();
    canonical.append(path == null || path.isEmpty() ? "/" : path).append("\n\n");
    signed.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    canonical.append('\n').append(names).append('\n').append(hash(body));
    String day = stamp.substring(0, 8);
    String scope = day + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + hash(utf8(canonical.toString()));
    byte[] key = hmac(utf8("AWS4" + secretKey), day);
    key = hmac(hmac(hmac(key, region), service), "aws4_request");
    added.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + accessKey
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HexFormat.of().formatHex(hmac(key, toSign)));
    return added;
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
    }
  }
}
