package dev.flightlog.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.Running;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.webhooks.signature.Signature;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsFeatureTest {
  private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");
  private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

  @TempDir Path home;
  private final MemoryStore store = new MemoryStore();
  private volatile Optional<Signature> slack = Optional.of(Signature.slack(SECRET));
  private Running running;

  @BeforeEach
  void open() {
    EventBatch batch = new EventBatch();
    add(batch, "task_request", NOON.minusSeconds(30), null, true);
    add(batch, "task_outcome", NOON.minusSeconds(20), "Writer", true);
    add(batch, "task_outcome", NOON.minusSeconds(7200), "<!channel> `x`", false);
    store.append(new Append(batch));
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    TaskFigures figures = new TaskFigures(store, () -> {}, clock);
    running =
        Running.with(
            home, new StatsFeature(figures), new SlackCommandsFeature(figures, () -> slack));
  }

  private static void add(
      EventBatch batch,
      String type,
      Instant at,
      @org.jspecify.annotations.Nullable String agent,
      boolean success) {
    batch.add(
        EventBatch.Mode.NEW,
        Event.builder(EventIds.ofKey(type + at), at, type, Category.EXECUTION)
            .set(Field.AGENT_NAME, agent)
            .set(Field.SUCCESS, success)
            .set(Field.DURATION_MS, 2000L)
            .build());
  }

  @AfterEach
  void close() {
    running.close();
    store.close();
  }

  @Test
  void theWindowsAndAllTimeAreAnswered() {
    HttpResponse<String> answer = running.get("/api/stats");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith(
            "{\"at\":\"2026-02-01T12:00:00Z\",\"windows\":[{\"window\":\"1m\",\"requests\":1,")
        .contains("{\"window\":\"all\",\"requests\":1,\"outcomes\":2,\"succeeded\":1,")
        .contains("{\"agent\":\"Writer\",\"outcomes\":1,");
    assertThat(running.get("/api/stats?agent=Writer").body())
        .contains("{\"window\":\"all\",\"requests\":0,\"outcomes\":1,\"succeeded\":1,");
  }

  private HttpResponse<String> slack(String body, String seconds, String secret)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed = mac.doFinal(("v0:" + seconds + ":" + body).getBytes(StandardCharsets.UTF_8));
    return running.post(
        "/slack/commands",
        body.getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp",
        seconds,
        "X-Slack-Signature",
        "v0=" + HexFormat.of().formatHex(signed));
  }

  @Test
  void slackIsAnsweredToWhoAskedWithTextThatMeansNothingToIt() throws GeneralSecurityException {
    String now = Long.toString(NOON.getEpochSecond());
    HttpResponse<String> answer = slack("command=%2Fflightlog&text=stats", now, SECRET);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .startsWith("{\"response_type\":\"ephemeral\",\"text\":\"```")
        .contains("all time")
        .contains("&lt;!channel&gt; 'x'")
        .doesNotContain("<!channel>");
    assertThat(slack("text=stats+Writer&x=1", now, SECRET).body())
        .contains("of Writer")
        .doesNotContain("channel");
    assertThat(slack("text=", now, SECRET).body()).contains("/flightlog stats AGENT");
  }

  @Test
  void whatSlackDidNotSignNowIsRefused() throws GeneralSecurityException {
    String now = Long.toString(NOON.getEpochSecond());
    assertThat(slack("text=stats", now, "another secret").statusCode()).isEqualTo(401);
    String old = Long.toString(NOON.getEpochSecond() - 600);
    assertThat(slack("text=stats", old, SECRET).statusCode()).isEqualTo(401);
    assertThat(running.post("/slack/commands", new byte[] {'x'}).statusCode()).isEqualTo(401);
    slack = Optional.empty();
    assertThat(slack("text=stats", now, SECRET).statusCode()).isEqualTo(404);
  }
}
