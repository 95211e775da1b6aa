package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Private keys, cut or whole, as agents see files, and the text that stands around them. */
class PrivateKeyTest {
  private static final String TOKEN = SecretForms.make("ghp_<A36>", new Random(1));
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));

  static List<Integer> depths() {
    return List.of(0, 1, 2, 3);
  }

  /** How tools print the lines of a file: number, line. */
  static Map<String, BinaryOperator<String>> views() {
    Map<String, BinaryOperator<String>> views = new LinkedHashMap<>();
    views.put("bare", (n, line) -> line);
    views.put("arrow", (n, line) -> "%6s\u2192%s".formatted(n, line));
    views.put("cat -n", (n, line) -> "%6s\t%s".formatted(n, line));
    views.put("grep -n", (n, line) -> n + ":" + line);
    views.put("grep -Hn", (n, line) -> "keys/id_rsa:" + n + ":" + line);
    views.put("grep -A", (n, line) -> "id_rsa" + (n.equals("1") ? ":1:" : "-" + n + "-") + line);
    views.put("bat", (n, line) -> "%4s │ %s".formatted(n, line));
    views.put("less -N", (n, line) -> "%7s %s".formatted(n, line));
    views.put("nl with bar", (n, line) -> n + " | " + line);
    views.put("added", (n, line) -> "+" + line);
    views.put("removed", (n, line) -> "-" + line);
    views.put("quoted", (n, line) -> "> " + line);
    views.put("quoted twice", (n, line) -> "> > " + line);
    views.put("indented", (n, line) -> "      " + line);
    views.put("comment", (n, line) -> "# " + line);
    views.put("Java comment", (n, line) -> " * " + line);
    views.put("timestamps", (n, line) -> "2026-02-01T09:00:0" + n.charAt(0) + ".123Z " + line);
    views.put("syslog", (n, line) -> "Feb  1 09:00:0" + n.charAt(0) + " host app[42]: " + line);
    views.put("container", (n, line) -> "web-1  | " + line);
    views.put("coloured", (n, line) -> "\u001b[32m" + line + "\u001b[0m");
    views.put("numbered and added", (n, line) -> "%4s + %s".formatted(n, line));
    views.put("Java strings", (n, line) -> "  + \"" + line + "\\n\"");
    views.put("Python strings", (n, line) -> "    '" + line + "\\n'");
    views.put("list of lines", (n, line) -> "  \"" + line + "\",");
    views.put("carriage returns", (n, line) -> line + "\r");
    views.put("trailing backslash", (n, line) -> line + "\\");
    return views;
  }

  @Test
  void everyLineOfAKeyIsGoneHoweverAFileIsPrinted() throws Exception {
    Random random = new Random(3);
    for (Map.Entry<String, BinaryOperator<String>> view : views().entrySet()) {
      for (int depth = 0; depth < 4; depth++) {
        for (String label : List.of("RSA ", "", "OPENSSH ", "EC ", "ENCRYPTED ")) {
          List<String> key = key(label, 25, random);
          String text = "before\n" + printed(key, view.getValue()) + "\nand after " + TOKEN;
          String where = view.getKey() + " at depth " + depth;
          String redacted = at(depth, text);
          assertThat(redacted).as(where).contains("before").contains("and after [redacted:github");
          isFreeOf(redacted, key, where);
        }
      }
    }
  }

  @Test
  void aKeyThatWasCutAnywhereIsGoneAndWhatFollowsItIsLookedAt() throws Exception {
    Random random = new Random(4);
    for (Map.Entry<String, BinaryOperator<String>> view : views().entrySet()) {
      for (int lines = 2; lines < 12; lines += 3) {
        List<String> key = new ArrayList<>(key("RSA ", 25, random).subList(0, lines));
        key.set(lines - 1, key.get(lines - 1).substring(0, 5 + random.nextInt(59)));
        String text = printed(key, view.getValue());
        for (int depth = 0; depth < 4; depth++) {
          String where = view.getKey() + ", " + lines + " lines at depth " + depth;
          String redacted =
              at(depth, text + "\nexit status 1, token " + TOKEN + "\nlast words stay");
          assertThat(redacted).as(where).contains("last words stay").doesNotContain(TOKEN);
          assertThat(redacted).as(where).contains("[redacted:github-pat:");
          isFreeOf(redacted, key, where);
        }
      }
    }
  }

  @Test
  void theTailOfAKeyIsGoneWithoutItsBeginning() throws Exception {
    Random random = new Random(5);
    for (Map.Entry<String, BinaryOperator<String>> view : views().entrySet()) {
      List<String> key = key("RSA ", 25, random);
      List<String> tail = key.subList(18, key.size());
      for (int depth = 0; depth < 4; depth++) {
        String redacted = at(depth, "before\n" + printed(tail, view.getValue()) + "\nafter");
        assertThat(redacted).as(view.getKey()).contains("before").contains("after");
        isFreeOf(redacted, tail, view.getKey() + " at depth " + depth);
      }
    }
  }

  @Test
  void theTailOfAKeyIsGoneThoughATokenStandsBehindIt() throws Exception {
    Random random = new Random(5);
    List<String> key = key("RSA ", 25, random);
    List<String> tail = key.subList(18, key.size());
    String token = SecretForms.make("ghp_<A36>", random);
    String redacted = at(0, String.join("\n", tail) + "\nthen " + token + " after");
    assertThat(redacted).contains("then [redacted:github-pat:").contains("after");
    isFreeOf(redacted, tail, "behind it a token");
  }

  @ParameterizedTest
  @MethodSource("depths")
  void aSecretBehindACutKeyIsFoundInEveryOtherStringOfItsLine(int depth) throws Exception {
    List<String> key = key("RSA ", 25, new Random(6)).subList(0, 4);
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("output", String.join("\n", key) + "\n" + key.get(2).substring(0, 9));
    object.put("then", "token " + TOKEN);
    object.put("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0bfe4c15d6c15b0f00a08");
    object.put("n", 7);
    String line = nested(object, depth);
    String redacted = json(line);
    isFreeOf(redacted, key, line);
    assertThat(redacted).contains("token [redacted:github-pat:").contains("9f86d081884c7d65");
    assertThat(keysOf(redacted, depth)).isEqualTo("[output, then, sha256, n]");
  }

  @ParameterizedTest
  @MethodSource("depths")
  void theLinesOfAListAreGoneOneByOneAndTheRestOfTheListStays(int depth) throws Exception {
    List<String> key = key("RSA ", 12, new Random(7));
    List<String> list = new ArrayList<>(key);
    list.add("after " + TOKEN);
    list.add("stays");
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("lines", list);
    object.put("sha1", "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    String redacted = json(nested(object, depth));
    isFreeOf(redacted, key, redacted);
    assertThat(redacted).contains("after [redacted:github-pat:", "stays", "da39a3ee5e6b4b0d3255");
    assertThat(keysOf(redacted, depth)).isEqualTo("[lines, sha1]");
  }

  @Test
  void theLinesOfAListOfObjectsAreGone() throws Exception {
    List<String> key = key("", 12, new Random(8));
    List<Object> matches =
        IntStream.range(0, key.size())
            .mapToObj(i -> (Object) Map.of("line", i + 1, "text", key.get(i)))
            .collect(Collectors.toList());
    matches.add(Map.of("line", 99, "text", TOKEN));
    String redacted = json(MAPPER.writeValueAsString(Map.of("matches", matches)));
    isFreeOf(redacted, key, redacted);
    assertThat(redacted).doesNotContain(TOKEN);
    assertThat(MAPPER.readTree(redacted).get("matches").get(3).get("line")).isNotNull();
  }

  @Test
  void keysOfOtherKindsAreGone() throws Exception {
    Random random = new Random(9);
    for (String label : List.of("PGP", "SSH2", "PuTTY", "percent", "percent twice", "spaces")) {
      List<String> key = key("RSA ", 14, random);
      List<String> body = key.subList(1, key.size() - 1);
      String text =
          switch (label) {
            case "PGP" ->
                "-----BEGIN PGP PRIVATE "
                    + "KEY BLOCK-----\nVersion: GnuPG v2\n\n"
                    + String.join("\n", body)
                    + "\n=a1B2\n-----END PGP PRIVATE KEY BLOCK-----";
            case "SSH2" ->
                "---- BEGIN SSH2 ENCRYPTED PRIVATE "
                    + "KEY ----\nComment: \"dsa\"\n"
                    + String.join("\n", body)
                    + "\n---- END SSH2 ENCRYPTED PRIVATE KEY ----";
            case "PuTTY" ->
                "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: me\nPublic-Lines: 2\n"
                    + "AAAAB3NzaC1yc2EAAAADAQABAAABAQ\nabc\nPrivate-Lines: 12\n"
                    + String.join("\n", body)
                    + "\nPrivate-MAC: 0123456789abcdef0123456789abcdef01234567";
            case "percent" ->
                String.join("%0A", key).replace(" ", "%20").replace("+", "%2B").replace("/", "%2F");
            case "percent twice" ->
                String.join("%250A", key).replace(" ", "%2520").replace("+", "%252B");
            default -> String.join(" ", key);
          };
      for (int depth = 0; depth < 3; depth++) {
        String redacted = at(depth, "k=" + text + "\nafter");
        isFreeOf(redacted, body, label);
        assertThat(redacted).as(label).contains("after");
      }
    }
  }

  @Test
  void talkAboutKeysAndPublicThingsStay() {
    List<String> key = key("RSA ", 4, new Random(10));
    for (String text :
        List.of(
            "look for -----BEGIN RSA " + "PRIVATE KEY----- in the file",
            "-----BEGIN RSA " + "PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
            "grep -q '-----END RSA PRIVATE KEY-----' && echo yes",
            "-----BEGIN CERTIFICATE-----\n" + key.get(1) + "\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\n" + key.get(1) + "\n-----END PUBLIC KEY-----")) {
      assertThat(redactor.redact(text)).isEqualTo(text);
    }
  }

  /** A made-up key: no scanner should find one in this file. */
  static List<String> key(String label, int lines, Random random) {
    List<String> key = new ArrayList<>();
    key.add("-----BEGIN " + label + "PRIVATE KEY-----");
    for (int i = 0; i < lines; i++) {
      key.add(SecretForms.make("<B64>", random));
    }
    key.add(SecretForms.make("<B30>", random) + "==");
    key.add("-----END " + label + "PRIVATE KEY-----");
    return key;
  }

  private static String printed(List<String> key, BinaryOperator<String> view) {
    return IntStream.range(0, key.size())
        .mapToObj(i -> view.apply(String.valueOf(i + 1), key.get(i)))
        .collect(Collectors.joining("\n"));
  }

  private static void isFreeOf(String redacted, List<String> key, String where) {
    for (String line : key) {
      if (!line.startsWith("-----")) {
        for (String part : line.split("[+/=]")) {
          if (part.length() > 6) {
            assertThat(redacted).as(where).doesNotContain(part);
          }
        }
      }
    }
  }

  /** The text redacted in JSON at this depth; 0 is plain text. */
  private String at(int depth, String text) throws Exception {
    return depth == 0 ? redactor.redact(text) : json(nested(text, depth));
  }

  private static String nested(Object value, int depth) throws Exception {
    String json = MAPPER.writeValueAsString(value instanceof String ? Map.of("t", value) : value);
    for (int i = 1; i < depth; i++) {
      json = MAPPER.writeValueAsString(Map.of("inner", json));
    }
    return json;
  }

  private static String keysOf(String json, int depth) throws Exception {
    Map<?, ?> map = MAPPER.readValue(json, Map.class);
    for (int i = 1; i < depth; i++) {
      map = MAPPER.readValue((String) map.get("inner"), Map.class);
    }
    return map.keySet().toString();
  }

  private String json(String line) throws Exception {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    boolean changed = redactor.redact(bytes, 0, bytes.length, buffer);
    String redacted =
        changed ? new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8) : line;
    assertThat(MAPPER.readTree(redacted).isObject()).isTrue();
    return redacted;
  }
}
