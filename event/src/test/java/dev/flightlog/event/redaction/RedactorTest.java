package dev.flightlog.event.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorTest {
  private final Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
  private final String token = SecretForms.make("ghp_<A36>", new Random(1));

  @Test
  void cleanTextComesBackAsTheSameInstance() {
    String clean = "tokens_used=120, the password was not given, see https://host.org/a?b=c";
    assertThat(redactor.redact(clean)).isSameAs(clean);
  }

  @Test
  void aCleanEventLeavesTheBufferUntouched() {
    RedactionBuffer buffer = new RedactionBuffer();
    byte[] event = HostileTexts.CLEAN_EVENT.getBytes(StandardCharsets.UTF_8);
    assertThat(redactor.redact(event, 0, event.length, buffer)).isFalse();
    assertThat(buffer.length()).isZero();
    assertThat(buffer.array()).isEmpty();
  }

  @Test
  void equalSecretsKeepEqualPseudonymsAtEveryDepthOfEscaping() {
    String password = "a\"b/c9\\d!x";
    String once = password.replace("\\", "\\\\").replace("\"", "\\\"");
    String twice = once.replace("\\", "\\\\").replace("\"", "\\\"");
    String flat = json("{\"password\":\"" + once + "\"}");
    String nested = json("{\"text\":\"{\\\"password\\\":\\\"" + twice + "\\\"}\"}");
    assertThat(flat).matches("\\{\"password\":\"\\[redacted:password:[0-9a-f]{8}]\"}");
    assertThat(nested).contains(flat.substring(13, flat.length() - 2));
  }

  @Test
  void differentKeysGiveDifferentPseudonyms() {
    Redactor other =
        Redactor.create(
            RedactionKey.of("another key of some length".getBytes(StandardCharsets.US_ASCII)));
    assertThat(other.redact(token)).isNotEqualTo(redactor.redact(token));
  }

  @Test
  void thePseudonymIsTheHmacOfTheSecret() throws Exception {
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec(new byte[32], "HmacSHA256"));
    byte[] full = mac.doFinal(token.getBytes(StandardCharsets.US_ASCII));
    String start = java.util.HexFormat.of().formatHex(full, 0, 4);
    assertThat(redactor.redact(token)).isEqualTo("[redacted:github-pat:" + start + "]");
  }

  @Test
  void onlyThePartThatIsAskedForIsRedacted() {
    byte[] bytes = (token + " | " + token).getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    assertThat(redactor.redactText(bytes, 0, token.length(), buffer)).isTrue();
    assertThat(text(buffer)).startsWith("[redacted:github-pat:").doesNotContain("|");
  }

  @Test
  void aTokenInAnAssignmentIsNamedByItsFormat() {
    assertThat(redactor.redact("export TOKEN='" + token + "'"))
        .startsWith("export TOKEN='[redacted:github-pat:")
        .endsWith("]'");
  }

  @Test
  void aPrivateKeyIsRedactedWithItsLinesWhetherEscapedOrReal() {
    String body = "MIIEpAIBAAKCAQEAx7\nq5Zp0123456789abcdef\n";
    String block =
        "-----BEGIN RSA " + "PRIVATE KEY-----\n" + body + "-----END RSA PRIVATE KEY-----";
    String real = redactor.redact("key:\n" + block + "\nafter");
    String escaped = json("{\"k\":\"" + block.replace("\n", "\\n") + "\\nafter\"}");
    assertThat(real).matches("(?s)key:\n\\[redacted:private-key:[0-9a-f]{8}]\nafter");
    assertThat(escaped).matches("\\{\"k\":\"\\[redacted:private-key:[0-9a-f]{8}]\\\\nafter\"}");
    assertThat(escaped).contains(real.substring(5, 36));
  }

  @Test
  void anUnterminatedPrivateKeyIsRedactedToItsLastLineAndTheTextBehindItStays() {
    String line =
        "{\"k\":\"-----BEGIN " + "PRIVATE KEY-----\\nMIIEpAIBAAKCAQEAx7\\nq5Zp cut here\",\"n\":1}";
    assertThat(json(line))
        .matches("\\{\"k\":\"\\[redacted:private-key:[0-9a-f]{8}] cut here\",\"n\":1}");
  }

  @Test
  void aTokenLongerThanEveryWindowIsRedactedWhole() {
    String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJ" + "a1B2".repeat(3000) + ".c2ln" + "aA9_".repeat(20);
    String anthropic = "sk-ant-" + "a1B2".repeat(2000);
    assertThat(redactor.redact("x " + jwt + " y")).matches("x \\[redacted:jwt:[0-9a-f]{8}] y");
    assertThat(redactor.redact("x " + anthropic + " y"))
        .matches("x \\[redacted:anthropic-api-key:[0-9a-f]{8}] y");
  }

  @Test
  void aLongPasswordIsRedactedWhole() {
    String password = "aB3$".repeat(1000);
    assertThat(redactor.redact("{\"password\":\"" + password + "\"}")).doesNotContain("aB3$");
    assertThat(redactor.redact("DB_PASSWORD=" + password + " next"))
        .doesNotContain("aB3$")
        .endsWith(" next");
  }

  @Test
  void numbersAndNamesOutsideOfStringsStayAsTheyAre() {
    String line = "{\"password\":1234567890,\"token_a1b2c3d4e5f6\":{\"secret\":true}}";
    assertThat(json(line)).isEqualTo(line);
  }

  @Test
  void aPasswordInAUrlIsRedactedAndItsUserAndHostStay() {
    assertThat(redactor.redact("postgres://app:p%40ss9word@db:5432/x"))
        .matches("postgres://app:\\[redacted:url-password:[0-9a-f]{8}]@db:5432/x");
    assertThat(json("{\"u\":\"postgres:\\/\\/app:p%40ss9word@db\\/x\"}"))
        .matches(
            "\\{\"u\":\"postgres:\\\\/\\\\/app:\\[redacted:url-password:[0-9a-f]{8}]@db\\\\/x\"}");
  }

  @Test
  void textThatIsNotAsciiIsKept() {
    String text = "пароль 密码 🔑 password=Xk29slqZ!7 密码";
    assertThat(redactor.redact(text)).startsWith("пароль 密码 🔑 password=[").endsWith("] 密码");
  }

  @Test
  void theReplacementNeedsNoEscapingAndIsNotRedactedAgain() {
    for (String id : RuleBook.get().formats()) {
      String replaced = "token: [redacted:" + id + ":0a1b2c3d]";
      assertThat(id).matches("[a-z0-9-]+");
      assertThat(redactor.redact(replaced)).isSameAs(replaced);
    }
  }

  private String json(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    return redactor.redact(bytes, 0, bytes.length, buffer) ? text(buffer) : line;
  }

  private static String text(RedactionBuffer buffer) {
    return new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
  }
}
