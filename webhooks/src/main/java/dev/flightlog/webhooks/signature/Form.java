package dev.flightlog.webhooks.signature;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a signature is written in its header. The word in the settings is {@link #word}. */
public enum Form {
  /** {@code sha256=<hex>} over the body, as GitHub writes it. */
  GITHUB("sha256=hex", Pattern.compile("sha256=([0-9a-fA-F]{64})")),
  /**
   * {@code <method>=<hex>} over the body (W3C WebSub, section 8), as Jira writes it. The methods
   * are sha256, sha384 and sha512; SHA-1, which WebSub also knows, is refused.
   */
  WEBSUB("method=hex", Pattern.compile("(sha256|sha384|sha512)=([0-9a-fA-F]{64,128})")),
  /** {@code v0=<hex>} over {@code v0:<seconds>:<body>}, as Slack writes it. */
  SLACK("v0:timestamp:body", Pattern.compile("v0=([0-9a-fA-F]{64})")),
  /** Bare hex of HMAC-SHA256 over the body. */
  HEX("hex", Pattern.compile("([0-9a-fA-F]{64})")),
  /** Bare base 64 of HMAC-SHA256 over the body. */
  BASE64("base64", Pattern.compile("([A-Za-z0-9+/]{43}=)"));

  private final String word;
  private final Pattern pattern;

  Form(String word, Pattern pattern) {
    this.word = word;
    this.pattern = pattern;
  }

  /** The word in the settings. */
  public String word() {
    return word;
  }

  /** The form of this word. */
  public static Optional<Form> of(String word) {
    return Arrays.stream(values()).filter(form -> form.word.equals(word)).findFirst();
  }

  /** The parts of a header of this form; nothing when it is malformed. */
  Optional<Written> read(String header) {
    var matcher = pattern.matcher(header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (this == BASE64) {
      return Optional.of(new Written("HmacSHA256", Base64.getDecoder().decode(matcher.group(1))));
    }
    String method = this == WEBSUB ? matcher.group(1) : "sha256";
    String hex = matcher.group(matcher.groupCount());
    int bits = Integer.parseInt(method.substring(3));
    return hex.length() * 4 == bits
        ? Optional.of(new Written("HmacSHA" + bits, HexFormat.of().parseHex(hex)))
        : Optional.empty();
  }

  /**
   * A signature as a header states it.
   *
   * @param algorithm the name of the MAC in Java
   */
  record Written(String algorithm, byte[] mac) {}
}
