package dev.flightlog.webhooks.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_531_420_618);
  private static final String SECRET = "It's a Secret to Everybody";

  /** The example of docs.github.com, "Validating webhook deliveries". */
  private static final String GITHUB =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  /** The example of developer.atlassian.com, "Webhooks", section "Secure admin webhooks". */
  private static final String JIRA =
      "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

  /** The example of docs.slack.dev, "Verifying requests from Slack". */
  private static final String SLACK =
      "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

  private static final String SLACK_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
  private static final String SLACK_BODY =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
          + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
          + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
          + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
          + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

  @Test
  void thePublishedExampleOfGitHubIsRight() {
    assertThat(isRight(gitHub("Hello, World!", GITHUB))).isTrue();
  }

  @Test
  void thePublishedExampleOfJiraIsRight() {
    assertThat(isRight(jira("Hello World!", JIRA))).isTrue();
  }

  @Test
  void thePublishedExampleOfSlackIsRight() {
    assertThat(isRight(slack("1531420618", SLACK, NOW))).isTrue();
  }

  @Test
  void anotherBodyIsWrong() {
    assertThat(reason(gitHub("Hello, World?", GITHUB))).isEqualTo("wrong signature");
    assertThat(reason(jira("Hello World! ", JIRA))).isEqualTo("wrong signature");
  }

  @Test
  void aMissingOrDoubleHeaderIsRefused() {
    Signature signature = Signature.gitHub(SECRET);
    byte[] body = "Hello, World!".getBytes(UTF_8);
    assertThat(reason(signature.verify(Headers.of(Map.of()), body, NOW)))
        .isEqualTo("missing header X-Hub-Signature-256");
    Headers twice = Headers.of(Map.of("x-hub-signature-256", List.of(GITHUB, GITHUB)));
    assertThat(reason(signature.verify(twice, body, NOW)))
        .isEqualTo("more than one header X-Hub-Signature-256");
    Headers inTwoCases =
        Headers.of(
            Map.of("x-hub-signature-256", List.of(GITHUB), "X-Hub-Signature-256", List.of(GITHUB)));
    assertThat(isRight(signature.verify(inTwoCases, body, NOW))).isFalse();
  }

  @Test
  void theLegacyHeaderOfGitHubDoesNotCount() {
    Headers legacy = Headers.of(Map.of("X-Hub-Signature", List.of("sha1=" + "0".repeat(40))));
    assertThat(isRight(Signature.gitHub(SECRET).verify(legacy, new byte[0], NOW))).isFalse();
  }

  @Test
  void aMalformedHeaderIsRefused() {
    for (String malformed :
        List.of(
            "",
            "sha256=",
            GITHUB + " ",
            " " + GITHUB,
            GITHUB + "," + GITHUB,
            GITHUB.substring(0, 70),
            GITHUB + "00",
            GITHUB.replace("sha256", "SHA256"),
            GITHUB.replace("sha256=", ""),
            GITHUB.replace('7', 'g'))) {
      assertThat(reason(gitHub("Hello, World!", malformed)))
          .as(malformed)
          .isEqualTo("malformed header X-Hub-Signature-256");
    }
  }

  @Test
  void jiraNamesTheMethodAndAWeakOneIsRefused() {
    String sha1 = "sha1=" + "a".repeat(40);
    assertThat(reason(jira("Hello World!", sha1))).isEqualTo("malformed header X-Hub-Signature");
    String wrongLength = "sha512=" + "a".repeat(64);
    assertThat(isRight(jira("Hello World!", wrongLength))).isFalse();
    assertThat(isRight(jira("Hello World!", JIRA + "0"))).isFalse();
  }

  @Test
  void slackIsRefusedMoreThanFiveMinutesOff() {
    assertThat(isRight(slack("1531420618", SLACK, NOW.plusSeconds(300)))).isTrue();
    assertThat(isRight(slack("1531420618", SLACK, NOW.minusSeconds(300)))).isTrue();
    assertThat(reason(slack("1531420618", SLACK, NOW.plusSeconds(301)))).contains("300 seconds");
    assertThat(isRight(slack("1531420618", SLACK, NOW.minusSeconds(301)))).isFalse();
  }

  @Test
  void theTimeOfSlackIsSigned() {
    assertThat(reason(slack("1531420619", SLACK, NOW))).isEqualTo("wrong signature");
    for (String wrong : List.of("", "-1531420618", "1531420618.0", "0x5b47", "9".repeat(40))) {
      assertThat(isRight(slack(wrong, SLACK, NOW))).as(wrong).isFalse();
    }
  }

  @Test
  void twoTimesOfSlackAreNone() {
    Headers headers =
        Headers.of(
            Map.of(
                "X-Slack-Signature",
                List.of(SLACK),
                "X-Slack-Request-Timestamp",
                List.of("1531420618", "1531420619")));
    assertThat(
            isRight(Signature.slack(SLACK_SECRET).verify(headers, SLACK_BODY.getBytes(UTF_8), NOW)))
        .isFalse();
  }

  @Test
  void bareHexAndBase64AreForms() {
    byte[] body = "Hello, World!".getBytes(UTF_8);
    String hex = GITHUB.substring(7);
    Signature bare = Signature.of("X-Sig", Form.HEX, null, SECRET);
    assertThat(isRight(bare.verify(Headers.of(Map.of("X-Sig", List.of(hex))), body, NOW))).isTrue();
    String base64 =
        java.util.Base64.getEncoder().encodeToString(java.util.HexFormat.of().parseHex(hex));
    Signature coded = Signature.of("X-Sig", Form.BASE64, null, SECRET);
    assertThat(isRight(coded.verify(Headers.of(Map.of("X-Sig", List.of(base64))), body, NOW)))
        .isTrue();
  }

  @Test
  void withoutASecretThereIsNoSignature() {
    assertThatThrownBy(() -> Signature.gitHub("")).isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean isRight(Verdict verdict) {
    return verdict instanceof Verdict.Right;
  }

  private static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Right right -> "right";
      case Verdict.Wrong wrong -> wrong.reason();
    };
  }

  private static Verdict gitHub(String body, String header) {
    return Signature.gitHub(SECRET)
        .verify(
            Headers.of(Map.of("X-Hub-Signature-256", List.of(header))), body.getBytes(UTF_8), NOW);
  }

  private static Verdict jira(String body, String header) {
    return Signature.jira(SECRET)
        .verify(Headers.of(Map.of("X-Hub-Signature", List.of(header))), body.getBytes(UTF_8), NOW);
  }

  private static Verdict slack(String time, String header, Instant now) {
    return Signature.slack(SLACK_SECRET)
        .verify(
            Headers.of(
                Map.of(
                    "X-Slack-Request-Timestamp", List.of(time),
                    "X-Slack-Signature", List.of(header))),
            SLACK_BODY.getBytes(UTF_8),
            now);
  }
}
