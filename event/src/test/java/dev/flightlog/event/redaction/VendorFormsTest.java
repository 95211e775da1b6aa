package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every form of a vendor's token, wherever it stands, and secrets that are known by their place.
 */
class VendorFormsTest {
  private static final long SEED = 20261128L;
  private static final double LEAST = 0.99;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] PASSWORDS = {
    "Xk3v9Qm2LpR7", "tR4!pass%sWord9", "Summer2026!x", "kd83jf02lsPq44mZ", "h8-example-Zk29q"
  };

  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  private static Map<String, UnaryOperator<String>> places() {
    Map<String, UnaryOperator<String>> places = new LinkedHashMap<>();
    places.put("alone", s -> s);
    places.put("in a sentence", s -> "use " + s + " for it");
    places.put("assigned", s -> "export KEY=" + s);
    places.put("quoted", s -> "key = \"" + s + "\",");
    places.put("colour", s -> "\u001b[1;31m" + s + "\u001b[0m");
    places.put("cleared line", s -> "\u001b[K" + s + "\u001b[K");
    places.put("behind an underscore", s -> "TOKEN_" + s);
    places.put("in angle brackets", s -> "<token>" + s + "</token>");
    places.put("line ends", s -> "a\n" + s + "\r\nb");
    places.put("URL", s -> "https://acme.dev/?k=" + URLEncoder.encode(s, StandardCharsets.UTF_8));
    places.put("encoded name", s -> "k%3D" + URLEncoder.encode(s, StandardCharsets.UTF_8) + "%26x");
    places.put(
        "encoded twice",
        s ->
            "k%253D"
                + URLEncoder.encode(
                    URLEncoder.encode(s, StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                + "%2526x");
    places.put("JSON in JSON", s -> nested(s, 2));
    places.put("deep JSON", s -> nested(s, 4));
    return places;
  }

  @Test
  void tokensAreFoundWhereverTheyStand() throws IOException {
    Random random = new Random(SEED);
    Map<String, int[]> byPlace = new TreeMap<>();
    Map<String, List<String>> misses = new TreeMap<>();
    int all = 0;
    int found = 0;
    for (String line : lines("vendor-forms.txt")) {
      String[] fields = line.split("\t");
      for (Map.Entry<String, UnaryOperator<String>> place : places().entrySet()) {
        String secret = SecretForms.make(fields[1], random);
        boolean gone = isGone(place.getValue().apply(secret), secret);
        int[] counts = byPlace.computeIfAbsent(place.getKey(), k -> new int[2]);
        counts[0]++;
        counts[1] += gone ? 1 : 0;
        all++;
        found += gone ? 1 : 0;
        if (!gone) {
          misses.computeIfAbsent(fields[0], k -> new ArrayList<>()).add(place.getKey());
        }
      }
    }
    assertThat((double) found / all).as("%s%n%s", shares(byPlace), misses).isGreaterThan(LEAST);
  }

  @Test
  void secretsAreFoundByTheirPlace() throws IOException {
    List<String> misses = new ArrayList<>();
    int all = 0;
    for (String line : lines("secret-places.txt")) {
      String[] fields = line.split("\t");
      for (String secret : PASSWORDS) {
        String text = fields[1].replace("\\n", "\n").replace("{}", secret);
        for (int depth = 0; depth < 3; depth++) {
          all++;
          if (!isGone(depth == 0 ? text : nested(text, depth), secret)) {
            misses.add(depth + " " + text);
          }
        }
      }
    }
    assertThat(1 - (double) misses.size() / all).as(String.join("\n", misses)).isGreaterThan(LEAST);
  }

  /** Whether no half of the secret is left. */
  private boolean isGone(String text, String secret) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    boolean json = text.startsWith("{\"t\":");
    boolean changed =
        json
            ? redactor.redact(bytes, 0, bytes.length, buffer)
            : redactor.redactText(bytes, 0, bytes.length, buffer);
    if (!changed) {
      return false;
    }
    String redacted = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
    String end = secret.replaceAll("[^A-Za-z0-9]+$", "");
    return !redacted.contains(secret) && !redacted.contains(end.substring(end.length() * 2 / 3));
  }

  private static String shares(Map<String, int[]> byPlace) {
    StringBuilder text = new StringBuilder();
    byPlace.forEach((k, v) -> text.append(k + ": " + v[1] + " of " + v[0] + "\n"));
    return text.toString();
  }

  private static String nested(String text, int depth) {
    try {
      String json = MAPPER.writeValueAsString(Map.of("t", text));
      for (int i = 1; i < depth; i++) {
        json = MAPPER.writeValueAsString(Map.of("t", json));
      }
      return json;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(VendorFormsTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#!"))
          .toList();
    }
  }
}
