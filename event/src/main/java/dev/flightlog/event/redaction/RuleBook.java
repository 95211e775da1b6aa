package dev.flightlog.event.redaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All rules, read once a process from three tab-separated resources and from the list of names
 * below. Patterns stay text until their anchor is met, so reading takes a few milliseconds.
 */
final class RuleBook {
  private static final String[] RESOURCES = {"own.tsv", "gitleaks.tsv", "vendors.tsv"};

  private static final String[] SECRET_NAME_ANCHORS = {
    "passw",
    "passphrase",
    "passcode",
    "pwd",
    "_pass",
    "pass=",
    "pass:",
    "pass\"",
    "pass'",
    "pass\\",
    "secret",
    "token",
    "apikey",
    "api_key",
    "api-key",
    "_key",
    "-key",
    "accesskey",
    "privatekey",
    "accountkey",
    "encryptionkey",
    "signingkey",
    "masterkey",
    "authkey",
    "credential",
    "creds",
    "authorization",
    "_auth",
    "auth\"",
    "auth\\",
    "auth'",
    "cookie",
    "_jwt",
    "jwt=",
    "jwt:",
    "jwt\"",
    "jwt\\"
  };

  private final Anchors.Builder anchors = new Anchors.Builder();
  private final List<String> formats = new ArrayList<>();

  private RuleBook() {
    AssignedSecret assigned = new AssignedSecret();
    for (String anchor : SECRET_NAME_ANCHORS) {
      anchors.add(anchor, assigned);
    }
    UrlPassword url = new UrlPassword();
    anchors.add("://", url);
    anchors.add(":\\/\\/", url);
    PrivateKey key = new PrivateKey();
    anchors.add("=-----BEGIN", key);
    anchors.add("=---- BEGIN SSH2", key);
    anchors.add("=Private-Lines:", key);
    anchors.add("=-----END", new PrivateKeyTail());
    anchors.add("=eyJ", new JsonWebToken());
    anchors.add("bearer ", new BearerToken(false));
    anchors.add("basic ", new BearerToken(true));
    CurlUser curl = new CurlUser();
    anchors.add("= -u ", curl);
    anchors.add("=--user ", curl);
    for (String resource : RESOURCES) {
      read(resource);
    }
  }

  private static final class Holder {
    static final RuleBook BOOK = new RuleBook();
    static final Anchors ANCHORS = BOOK.anchors.build();
  }

  static RuleBook get() {
    return Holder.BOOK;
  }

  /** The anchors of all rules: a constant, which the compiler makes use of. */
  static Anchors anchors() {
    return Holder.ANCHORS;
  }

  /** The ids of all token formats and vendor assignments, in the order of the resources. */
  List<String> formats() {
    return List.copyOf(formats);
  }

  private void read(String resource) {
    String text;
    try (InputStream in = RuleBook.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar of flightlog-event lacks " + resource);
      }
      text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " from the classpath", e);
    }
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      if (text.charAt(start) != '#') {
        addRule(text.substring(start, end));
      }
      start = end + 1;
    }
  }

  private void addRule(String line) {
    String[] fields = line.split("\t", -1);
    String id = fields[1];
    String[] spelled = fields[2].split("\\|", -1);
    Detector detector =
        switch (fields[0]) {
          case "T" ->
              new TokenFormat(
                  id,
                  Integer.parseInt(fields[3]),
                  Integer.parseInt(fields[4]),
                  isBlobProne(List.of(spelled)),
                  fields[5]);
          case "P" -> new PlacedSecret(id, Integer.parseInt(fields[3]), fields[5]);
          default -> new VendorAssignment(id, fields[3], fields[4]);
        };
    formats.add(id);
    for (String anchor : spelled) {
      anchors.add(anchor, detector);
    }
  }

  /** Signs that URLs write as percent codes, once or twice. */
  static String expanded(String pattern) {
    return pattern
        .replace("{<}", TokenFormat.WORD_BEGINS)
        .replace("{/}", "[+/]|%(?:25){0,3}2[BbFf]")
        .replace("{=}", "=|%(?:25){0,3}3[Dd]")
        .replace("{s}", "/|%(?:25){0,3}2[Ff]")
        .replace("{~}", "~|%(?:25){0,3}7[Ee]")
        .replace("{!}", "!|%(?:25){0,3}21")
        .replace("{@}", "@|%(?:25){0,3}40")
        .replace("{ }", " |\\+|%(?:25){0,3}20")
        .replace("{:}", ":|%(?:25){0,3}3[Aa]")
        .replace("{|}", "\\||%(?:25){0,3}7[Cc]")
        .replace("{$}", "\\$|%(?:25){0,3}24");
  }

  /** Zero bytes are As in base64, so an image may hold {@code EAAA...} by chance. */
  private static boolean isBlobProne(List<String> spelled) {
    return spelled.contains("=EAAA") || spelled.contains("=AAAAAAAAAAAAAAAAAAAA");
  }
}
