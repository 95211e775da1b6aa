package dev.flightlog.forwarding;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes targets of what settings say. To add a receiver: a {@link Target}, and one case here. */
public final class Targets {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]{1,100}");
  private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9._-]{0,200}");
  private static final String EXAMPLES =
      "write 'otlp https://HOST:4318', 'opensearch https://HOST:9200/INDEX', 'datadog SITE' or"
          + " 'cloudwatch REGION/GROUP/STREAM'";

  private Targets() {}

  /**
   * The target of these settings; none when there is none.
   *
   * @param to such as {@code otlp https://collector:4318}
   * @param secret a token or key; where several parts are needed, with a colon between
   * @param headers lines such as {@code X-Scope-OrgID: team}
   * @throws ForwardingException when they make no target
   */
  public static Optional<Target> of(
      String to, String secret, List<String> headers, InstantSource clock) {
    if (to.isBlank()) {
      return Optional.empty();
    }
    String[] words = to.strip().split("\\s+");
    if (words.length != 2) {
      throw new ForwardingException("forwarding.to is '" + to + "': " + EXAMPLES);
    }
    Map<String, String> more = headers(headers);
    String kind = words[0].toLowerCase(Locale.ROOT);
    return Optional.of(
        switch (kind) {
          case "otlp" -> {
            bearer(secret, more);
            yield new OtlpTarget(kind + " " + words[1], address(words[1], "/v1/logs"), more, null);
          }
          case "opensearch", "elasticsearch" -> bulk(kind, words[1], secret, more);
          case "datadog" -> datadog(words[1], secret);
          case "cloudwatch" -> cloudWatch(words[1], secret, more, clock);
          default ->
              throw new ForwardingException("forwarding.to has no '" + words[0] + "': " + EXAMPLES);
        });
  }

  private static void bearer(String secret, Map<String, String> headers) {
    if (!secret.isEmpty()) {
      headers.put("Authorization", "Bearer " + secret);
    }
  }

  private static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      if (!name.matches("[A-Za-z0-9-]{1,100}")) {
        throw new ForwardingException(
            "forwarding.headers has no line such as 'X-Scope-OrgID: team': '" + line + "'");
      }
      headers.put(name, line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** An address of HTTP, with a path where it has none. */
  private static URI address(String text, String path) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
        throw new ForwardingException(
            "forwarding.to has the address '"
                + (uri.getRawUserInfo() == null ? text : "…")
                + "': one of http or https is needed, without a user");
      }
      String given = uri.getRawPath();
      boolean bare = given == null || given.isEmpty() || given.equals("/");
      return bare ? new URI(uri.getScheme() + "://" + uri.getRawAuthority() + path) : uri;
    } catch (URISyntaxException e) {
      throw new ForwardingException("forwarding.to has no address: " + e.getMessage());
    }
  }

  private static Target bulk(String kind, String text, String secret, Map<String, String> headers) {
    URI uri = address(text, "/flightlog");
    String path = uri.getRawPath();
    String index = path.substring(path.lastIndexOf('/') + 1);
    if (!INDEX.matcher(index).matches()) {
      throw new ForwardingException(
          "forwarding.to has the index '" + index + "': lower-case letters, digits, . _ -");
    }
    if (!secret.isEmpty()) {
      headers.put("Authorization", authorization(secret));
    }
    URI bulk = uri.resolve(path.substring(0, path.lastIndexOf('/') + 1) + "_bulk");
    return new BulkTarget(kind + " " + text, bulk, index, headers);
  }

  /** A user and a password make basic authentication; anything else is an API key. */
  private static String authorization(String secret) {
    return secret.contains(":")
        ? "Basic "
            + java.util.Base64.getEncoder()
                .encodeToString(secret.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        : "ApiKey " + secret;
  }

  /** A site such as datadoghq.eu; or a whole address, such as that of a proxy. */
  private static Target datadog(String site, String secret) {
    if (secret.isEmpty()) {
      throw new ForwardingException("forwarding.secret is empty: datadog needs an API key");
    }
    boolean whole = site.startsWith("http");
    if (!whole && !NAME.matcher(site).matches()) {
      throw new ForwardingException("forwarding.to has no site of Datadog: '" + site + "'");
    }
    String address = whole ? site : "https://http-intake.logs." + site;
    return new DatadogTarget("datadog " + site, address(address, "/api/v2/logs"), secret);
  }

  private static Target cloudWatch(
      String place, String secret, Map<String, String> headers, InstantSource clock) {
    int first = place.indexOf('/');
    int last = place.lastIndexOf('/');
    String[] keys = secret.split(":", 3);
    if (first <= 0 || last <= first + 1 || last == place.length() - 1 || keys.length < 2) {
      throw new ForwardingException(
          "cloudwatch needs forwarding.to 'cloudwatch REGION/GROUP/STREAM' and forwarding.secret"
              + " 'ACCESS_KEY:SECRET_KEY' or 'ACCESS_KEY:SECRET_KEY:SESSION_TOKEN'");
    }
    String region = place.substring(0, first);
    if (!NAME.matcher(region).matches()) {
      throw new ForwardingException("forwarding.to has no region: '" + region + "'");
    }
    headers.put("x-aws-log-group", place.substring(first + 1, last));
    headers.put("x-aws-log-stream", place.substring(last + 1));
    String token = keys.length == 3 ? keys[2] : "";
    return new OtlpTarget(
        "cloudwatch " + place,
        URI.create("https://logs." + region + ".amazonaws.com/v1/logs"),
        headers,
        new AwsSignature(keys[0], keys[1], token, region, "logs", clock));
  }
}
