package dev.flightlog.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
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
  void aSignedDeliveryIsKeptBeforeItIsAnswered() {
    Answer answer = world.send(Signed.gitHub("ping", "d-1", "{\"zen\":\"Keep it simple.\"}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"status\":\"accepted\",\"delivery_id\":\"d-1\"}");
  }

  @Test
  void aWrongSignatureIs401WhateverElseIsWrong() {
    Signed right = Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review"));
    assertThat(world.send(right.body("{".getBytes(UTF_8))).status()).isEqualTo(401);
    assertThat(world.send(right.without("X-Hub-Signature-256")).status()).isEqualTo(401);
    assertThat(world.send(right.with("X-Hub-Signature-256", "x")).status()).isEqualTo(401);
    String signature = right.header("X-Hub-Signature-256");
    assertThat(world.send(right.with("X-Hub-Signature-256", signature, signature)).status())
        .isEqualTo(401);
    assertThat(world.intake.counts().accepted()).isZero();
  }

  @Test
  void aProviderWithoutASecretIs404() {
    Signed right = Signed.gitHub("ping", "d-1", "{}");
    Answer answer = world.send(new Signed("gitlab", right.headers(), right.body()));
    assertThat(answer.status()).isEqualTo(404);
  }

  @Test
  void sizeIsJudgedBeforeTheSignature() {
    byte[] large = new byte[Intake.MOST_BYTES + 1];
    assertThat(world.send(Signed.gitHub("ping", "d-1", "{}").body(large)).status()).isEqualTo(413);
  }

  @Test
  void whatIsSignedButNoDeliveryIsRefusedWithAReason() {
    assertRefused(Signed.gitHub("ping", "d-1", "{\"zen\":"), 400, "the body is no JSON");
    assertRefused(Signed.gitHub("ping", "d-1", "{} {}"), 400, "the body is no JSON");
    assertRefused(Signed.gitHub("ping", "d-1", "[]"), 400, "no JSON object");
    assertRefused(Signed.gitHub("ping", "d-1", ""), 400, "no JSON object");
    assertRefused(Signed.gitHub("ping", "d-1", "{\"a\":" + "[".repeat(5000)), 400, "no JSON");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{}").with("Content-Type", "text/plain"), 415, "json");
    assertRefused(
        Signed.gitHub("ping", "d-1", "{}").with("Content-Encoding", "gzip"), 415, "Encoding");
    assertRefused(Signed.gitHub("ping", "d-1", "{}").without("X-GitHub-Delivery"), 400, "Delivery");
    assertRefused(Signed.gitHub("ping", "../../etc/passwd", "{}"), 400, "X-GitHub-Delivery");
    assertRefused(Signed.gitHub("issue_comment", "d-1", "{}"), 400, "no object");
    assertRefused(Signed.slack(NOW, "{\"ok\":true}"), 400, "no event");
    assertRefused(Signed.slack(NOW, "{\"command\":\"/x\"}"), 400, "/slack/commands");
    assertRefused(Signed.jira("j-1", "{\"issue\":{}}"), 400, "webhookEvent");
    assertThat(world.intake.counts().accepted()).isZero();
  }

  private void assertRefused(Signed signed, int status, String reason) {
    Answer answer = world.send(signed);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(reason);
  }

  @Test
  void theChallengeOfSlackIsAnsweredEveryTimeOnceItIsSigned() {
    Signed request =
        Signed.slack(NOW, "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRN\"}");
    assertThat(world.send(request).text()).isEqualTo("3eZbrw1aBm2rZgRN");
    assertThat(world.send(request).text()).isEqualTo("3eZbrw1aBm2rZgRN");
    assertThat(world.send(request.with("X-Slack-Signature", "v0=" + "0".repeat(64))).status())
        .isEqualTo(401);
  }

  @Test
  void aFormOfGitHubHoldsTheSameJson() {
    String json = Signed.comment(1, "@bot review & more");
    byte[] form = ("payload=" + java.net.URLEncoder.encode(json, UTF_8)).getBytes(UTF_8);
    Signed signed =
        Signed.gitHub("issue_comment", "d-1", new String(form, UTF_8))
            .with("Content-Type", "application/x-www-form-urlencoded");
    assertThat(world.send(signed).status()).isEqualTo(200);
  }

  @Test
  void theSameDeliveryIsADuplicateUnderItsIdAndUnderAnother() {
    Signed first = Signed.gitHub("issue_comment", "d-1", Signed.comment(1, "@bot review"));
    assertThat(world.send(first).text()).contains("accepted");
    assertThat(world.send(first).text()).contains("duplicate");
    assertThat(world.send(first.with("X-GitHub-Delivery", "d-2")).text()).contains("duplicate");
    assertThat(world.send(first.with("X-GitHub-Event", "commit_comment")).text())
        .contains("duplicate");
    assertThat(world.intake.counts()).isEqualTo(new Intake.Counts(1, 3, 0));
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
    assertThat(details.get("http_status")).isEqualTo(401L);
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
