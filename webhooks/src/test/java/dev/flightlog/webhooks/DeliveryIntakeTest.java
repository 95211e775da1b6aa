package dev.flightlog.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryIntakeTest {
  private static final Instant NOW = Instant.parse("2026-02-01T09:00:00Z");

  @TempDir Path home;
  private World world;

  @BeforeEach
  void open() {
    world = new World(home, InstantSource.fixed(NOW), Map.of());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aSignedDeliveryIsKeptBeforeItIsAnswered() throws Exception {
    String url = "jdbc:sqlite:" + home.resolve("deliveries.db");
    for (int i = 0; i < 20; i++) {
      String id = "d-" + i;
      assertThat(world.send(Signed.gitHub("ping", id, "{\"zen\":" + i + "}")))
          .isEqualTo(new Receipt.Kept(id, true));
      // A reader of its own sees only what was committed.
      try (Connection reader = DriverManager.getConnection(url);
          PreparedStatement select =
              reader.prepareStatement("SELECT event FROM deliveries WHERE delivery_id = ?")) {
        select.setString(1, id);
        assertThat(select.executeQuery().next()).as(id).isTrue();
      }
    }
  }

  @Test
  void whileTheDiskIsFullDeliveriesAreForLaterAndThenTheyAreKeptAgain() throws Exception {
    String url = "jdbc:sqlite:" + home.resolve("deliveries.db");
    try (Connection other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      // As SQLite behaves on a full disk: the transaction fails and is gone.
      statement.execute(
          "CREATE TRIGGER full BEFORE INSERT ON deliveries BEGIN"
              + " SELECT RAISE(ROLLBACK, 'database or disk is full'); END");
      Signed first = Signed.gitHub("ping", "d-1", "{\"n\":1}");
      assertThat(world.sent(first)).isEqualTo("later");
      assertThat(world.sent(first)).isEqualTo("later");
      assertThat(world.messages).singleElement().asString().contains("disk is full");
      statement.execute("DROP TRIGGER full");
      assertThat(world.deliveries.complaint(true)).isEmpty();
      assertThat(world.sent(first)).isEqualTo("accepted");
      assertThat(world.messages).hasSize(2);
      assertThat(world.messages.getLast()).contains("keeping deliveries works again");
    }
  }

  @Test
  void aDeliveryThatWouldStillFitIsForLaterWhenItsTaskWouldNot() {
    AtomicLong free = new AtomicLong(900 << 10);
    List<String> messages = new ArrayList<>();
    Delivery delivery =
        new Delivery("github", "d-1", "ping", "hash", Instant.EPOCH, Instant.EPOCH, new byte[10]);
    try (Deliveries deliveries =
        Deliveries.open(home.resolve("small.db"), messages::add, free::get)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> deliveries.keep(delivery))
            .isInstanceOf(DeliveriesException.class)
            .hasMessageContaining("disk is full (900 KiB are left, 1,024 KiB are needed)");
      }
      assertThat(deliveries.complaint(false)).get().asString().contains("full");
      assertThat(deliveries.open()).isEmpty();
      free.set(2 << 20);
      assertThat(deliveries.complaint(false)).isEmpty();
      assertThat(deliveries.keep(delivery).isNew()).isTrue();
    }
    assertThat(messages).hasSize(2);
    assertThat(messages.getLast()).contains("keeping deliveries works again");
  }

  @Test
  void aWrongSignatureIs401WhateverElseIsWrong() {
    Signed right = Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review"));
    assertThat(world.sent(right.body("{".getBytes(UTF_8)))).isEqualTo("unsigned");
    assertThat(world.sent(right.without("X-Hub-Signature-256"))).isEqualTo("unsigned");
    assertThat(world.sent(right.with("X-Hub-Signature-256", "x"))).isEqualTo("unsigned");
    String signature = right.header("X-Hub-Signature-256");
    assertThat(world.sent(right.with("X-Hub-Signature-256", signature, signature)))
        .isEqualTo("unsigned");
    assertThat(world.intake.counts().accepted()).isZero();
  }

  @Test
  void aProviderWithoutASecretIs404() {
    Signed right = Signed.gitHub("ping", "d-1", "{}");
    assertThat(world.sent(new Signed("gitlab", right.headers(), right.body())))
        .isEqualTo("unknown_provider");
  }

  @Test
  void sizeIsJudgedBeforeTheSignature() {
    byte[] large = new byte[DeliveryIntake.MOST_BYTES + 1];
    assertThat(world.sent(Signed.gitHub("ping", "d-1", "{}").body(large))).isEqualTo("too_large");
  }

  @Test
  void whatIsSignedButNoDeliveryIsRefusedWithAReason() {
    assertRefused(
        Signed.gitHub("ping", "d-1", "{\"zen\":"), Refusal.MALFORMED, "the body is no JSON");
    assertRefused(Signed.gitHub("ping", "d-1", "{} {}"), Refusal.MALFORMED, "the body is no JSON");
    assertRefused(Signed.gitHub("ping", "d-1", "[]"), Refusal.MALFORMED, "no JSON object");
    assertRefused(Signed.gitHub("ping", "d-1", ""), Refusal.MALFORMED, "no JSON object");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{\"a\":" + "[".repeat(5000)), Refusal.MALFORMED, "no JSON");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{}").with("Content-Type", "text/plain"),
        Refusal.UNKNOWN_FORM,
        "json");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{}").with("Content-Encoding", "gzip"),
        Refusal.UNKNOWN_FORM,
        "Encoding");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{}").without("X-GitHub-Delivery"),
        Refusal.MALFORMED,
        "Delivery");
    assertRefused(
        Signed.gitHub("ping", "../../etc/passwd", "{}"), Refusal.MALFORMED, "X-GitHub-Delivery");
    assertRefused(Signed.gitHub("issue_comment", "d-1", "{}"), Refusal.MALFORMED, "no object");
    assertRefused(Signed.slack(NOW, "{\"ok\":true}"), Refusal.MALFORMED, "no event");
    assertRefused(Signed.slack(NOW, "{\"command\":\"/x\"}"), Refusal.MALFORMED, "/slack/commands");
    assertRefused(Signed.jira("j-1", "{\"issue\":{}}"), Refusal.MALFORMED, "webhookEvent");
    assertThat(world.intake.counts().accepted()).isZero();
  }

  private void assertRefused(Signed signed, Refusal refusal, String reason) {
    assertThat(world.send(signed))
        .isInstanceOfSatisfying(
            Receipt.Refused.class,
            refused -> {
              assertThat(refused.refusal()).as(refused.reason()).isEqualTo(refusal);
              assertThat(refused.reason()).contains(reason);
            });
  }

  @Test
  void theChallengeOfSlackIsAnsweredEveryTimeOnceItIsSigned() {
    Signed request =
        Signed.slack(NOW, "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRN\"}");
    assertThat(world.send(request)).isEqualTo(new Receipt.Challenged("3eZbrw1aBm2rZgRN"));
    assertThat(world.send(request)).isEqualTo(new Receipt.Challenged("3eZbrw1aBm2rZgRN"));
    assertThat(world.sent(request.with("X-Slack-Signature", "v0=" + "0".repeat(64))))
        .isEqualTo("unsigned");
  }

  @Test
  void aFormOfGitHubHoldsTheSameJson() {
    String json = Signed.comment(1, "@bot review & more");
    byte[] form = ("payload=" + java.net.URLEncoder.encode(json, UTF_8)).getBytes(UTF_8);
    Signed signed =
        Signed.gitHub("issue_comment", "d-1", new String(form, UTF_8))
            .with("Content-Type", "application/x-www-form-urlencoded");
    assertThat(world.sent(signed)).isEqualTo("accepted");
    String other = java.net.URLEncoder.encode(Signed.comment(2, "@bot fix"), UTF_8);
    Signed two =
        Signed.gitHub("issue_comment", "d-2", new String(form, UTF_8) + "&payload=" + other)
            .with("Content-Type", "application/x-www-form-urlencoded");
    assertThat(world.sent(two)).isEqualTo("malformed");
  }

  @Test
  void theSameDeliveryIsADuplicateUnderItsIdAndUnderAnother() {
    Signed first = Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review"));
    assertThat(world.sent(first)).isEqualTo("accepted");
    assertThat(world.sent(first)).isEqualTo("duplicate");
    assertThat(world.sent(first.with("X-GitHub-Delivery", "d-2"))).isEqualTo("duplicate");
    assertThat(world.sent(first.with("X-GitHub-Event", "commit_comment"))).isEqualTo("duplicate");
    Signed another = Signed.gitHub("issue_comment", "d-1", Signed.comment(2, "@bot fix"));
    assertThat(world.sent(another)).isEqualTo("duplicate");
    assertThat(world.intake.counts()).isEqualTo(new DeliveryIntake.Counts(1, 4, 0));
  }

  @Test
  void secretsAreNotOnDiskAndNeitherAreBodiesThatWereNotVerified() throws Exception {
    String secret = "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5";
    world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "use " + secret)));
    Signed unverified =
        Signed.gitHub("issue_comment", "d-2", Signed.comment(2, "the unverified words"))
            .without("X-Hub-Signature-256");
    world.send(unverified);
    world.awaitHandled();
    world.recorder.flush();
    assertThat(found(secret)).isEmpty();
    assertThat(found("the unverified words")).isEmpty();
  }

  private List<Path> found(String text) throws IOException {
    try (var files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(each -> {
            try {
              return new String(Files.readAllBytes(each), UTF_8).contains(text);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          })
          .toList();
    }
  }

  @Test
  void aRefusalIsRecordedUnderANameOfItsOwn() throws Exception {
    Signed right = Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review"));
    world.send(right.with("X-Hub-Signature-256", "sha256=" + "0".repeat(64)));
    List<Map<?, ?>> events = world.stageEvents();
    assertThat(events).hasSize(2);
    Map<?, ?> details = World.details(events.get(1));
    assertThat(details.get("stage")).isEqualTo("validation");
    assertThat(details.get("status")).isEqualTo("failed");
    assertThat(details.get("reason")).isEqualTo("wrong signature");
    assertThat(details.get("refusal")).isEqualTo("unsigned");
    assertThat(String.valueOf(details.get("delivery_id"))).startsWith("refused-");
    assertThat(events.get(1).get("success")).isEqualTo(false);
  }

  @Test
  void aFloodOfRefusalsDoesNotFillTheJournal() throws Exception {
    for (int i = 0; i < 500; i++) {
      world.send(Signed.gitHub("ping", "d-" + i, "{}").without("X-Hub-Signature-256"));
    }
    assertThat(world.stageEvents()).hasSize(2 * Refusals.MOST_A_MINUTE);
    assertThat(world.intake.counts().refused()).isEqualTo(500);
  }
}
