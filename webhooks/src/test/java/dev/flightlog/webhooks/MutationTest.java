package dev.flightlog.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that were changed, or sent again, by somebody without the secret. As many as {@code
 * -Dflightlog.webhooks.mutations=N} says.
 */
class MutationTest {
  private static final Instant NOW = Instant.parse("2026-02-01T09:00:00Z");
  private static final int ROUNDS = Integer.getInteger("flightlog.webhooks.mutations", 1000);
  private static final long SEED = Long.getLong("flightlog.seed", new Random().nextLong());

  @TempDir Path home;

  @Test
  void noneIsAccepted() throws Exception {
    Random random = new Random(SEED);
    Instant[] now = {NOW};
    InstantSource clock = () -> now[0];
    String slack =
        "{\"type\":\"event_callback\",\"event_id\":\"Ev1\",\"event\":{\"type\":\"app_mention\","
            + "\"user\":\"U1\",\"channel\":\"C1\",\"ts\":\"1.2\",\"text\":\"<@U0BOT> review\"}}";
    String jira =
        "{\"webhookEvent\":\"comment_created\",\"issue\":{\"key\":\"A-1\"},\"comment\":"
            + "{\"id\":\"1\",\"author\":{\"accountId\":\"7\"},\"body\":\"[~5b10] review\"}}";
    List<Signed> originals =
        List.of(
            Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review")),
            Signed.slack(NOW, slack),
            Signed.jira("j-1", jira));
    try (World world = new World(home, clock, Map.of())) {
      for (Signed original : originals) {
        assertThat(world.sent(original)).isEqualTo("accepted");
      }
      for (int round = 0; round < ROUNDS; round++) {
        Signed original = originals.get(random.nextInt(originals.size()));
        boolean replay = random.nextInt(4) == 0;
        now[0] = replay ? NOW.plusSeconds(random.nextInt(1000)) : NOW;
        Signed sent = replay ? replayed(original, random) : mutated(original, random);
        String answer = world.sent(sent);
        assertThat(answer)
            .as("seed %d, round %d: %s", SEED, round, sent.headers())
            .isNotEqualTo("accepted");
        assertThat(answer)
            .isIn(
                replay
                    ? List.of("duplicate", "malformed", "unsigned", "unknown_form")
                    : List.of("unsigned"));
      }
      world.awaitHandled();
      assertThat(world.intake.counts().accepted()).isEqualTo(3);
      assertThat(world.tasks()).hasSize(3);
    }
  }

  /** Whole and right, under another name. */
  private static Signed replayed(Signed original, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> original;
      case 1 -> original.with("X-GitHub-Delivery", "d-" + random.nextInt());
      case 2 -> original.with("X-Atlassian-Webhook-Identifier", "j-" + random.nextInt());
      default -> original.with("X-GitHub-Event", random.nextBoolean() ? "push" : "commit_comment");
    };
  }

  private static Signed mutated(Signed original, Random random) {
    String header =
        switch (original.provider()) {
          case "github" -> "X-Hub-Signature-256";
          case "slack" -> "X-Slack-Signature";
          default -> "X-Hub-Signature";
        };
    String signature = original.header(header);
    byte[] body = original.body();
    return switch (random.nextInt(8)) {
      case 0 -> original.body(flipped(body, random));
      case 1 -> original.body(Arrays.copyOf(body, random.nextInt(body.length)));
      case 2 -> original.body((new String(body, UTF_8) + " ").getBytes(UTF_8));
      case 3 -> original.without(header);
      case 4 -> original.with(header, signature, signature);
      case 5 ->
          original.with(
              header, new String(flipped(signature.getBytes(UTF_8), random), UTF_8) + "0");
      case 6 -> original.with(header, signature.substring(0, random.nextInt(signature.length())));
      default -> original.with(header, changedDigit(signature, random));
    };
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    byte[] copy = bytes.clone();
    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(7));
    return copy;
  }

  private static String changedDigit(String signature, Random random) {
    int from = signature.indexOf('=') + 1;
    int at = from + random.nextInt(signature.length() - from);
    char digit = signature.charAt(at) == '0' ? '1' : '0';
    return signature.substring(0, at) + digit + signature.substring(at + 1);
  }
}
