package dev.flightlog.webhooks.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.webhooks.provider.Message;
import dev.flightlog.webhooks.provider.Speaker;
import dev.flightlog.webhooks.response.FakeApi.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private static final Instant NOW = Instant.parse("2026-02-01T09:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void gitHubGetsAReactionOnTheComment() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      Outcome outcome =
          new GitHubReaction(api(fake.address()))
              .respond(
                  "issue_comment.created",
                  message(Map.of("repo", "owner/repo", "comment_id", 7L, "issue_number", 42L)));
      assertThat(outcome).isEqualTo(new Outcome("sent", "reaction", 1, 201, null));
      assertThat(fake.calls())
          .containsExactly(
              new FakeApi.Call(
                  "/repos/owner/repo/issues/comments/7/reactions",
                  "Bearer t0ken",
                  "{\"content\":\"eyes\"}"));
    }
  }

  @Test
  void reviewCommentsAndPullRequestsHavePlacesOfTheirOwn() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      Responder responder = new GitHubReaction(api(fake.address()));
      Map<String, Object> comment = Map.of("repo", "o/r", "comment_id", 7L);
      responder.respond("pull_request_review_comment.created", message(comment));
      responder.respond("commit_comment.created", message(comment));
      Map<String, Object> issue = Map.of("repo", "o/r", "issue_number", 42L);
      responder.respond("pull_request_review.submitted", message(issue));
      assertThat(fake.calls())
          .extracting(FakeApi.Call::path)
          .containsExactly(
              "/repos/o/r/pulls/comments/7/reactions",
              "/repos/o/r/comments/7/reactions",
              "/repos/o/r/issues/42/reactions");
    }
  }

  @Test
  void aRepositoryWithAHostileNameGetsNoCall() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      Outcome outcome =
          new GitHubReaction(api(fake.address()))
              .respond(
                  "issue_comment.created",
                  message(Map.of("repo", "o/r/../../user?x=", "comment_id", 7L)));
      assertThat(outcome.status()).isEqualTo("skipped");
      assertThat(fake.calls()).isEmpty();
    }
  }

  @Test
  void whatMayPassIsTriedAgainWithGrowingPauses() throws Exception {
    try (FakeApi fake =
        new FakeApi(Reply.of(502, ""), Reply.of(503, ""), Reply.of(500, ""), Reply.of(200, "{}"))) {
      Outcome outcome = react(fake);
      assertThat(outcome).isEqualTo(new Outcome("sent", "reaction", 4, 200, null));
      assertThat(pauses)
          .containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void retryAfterIsHonouredInSecondsAndAsADate() throws Exception {
    try (FakeApi fake =
        new FakeApi(
            new Reply(429, Map.of("Retry-After", "7"), ""),
            new Reply(403, Map.of("Retry-After", "Sun, 01 Feb 2026 09:00:30 GMT"), ""),
            Reply.of(201, "{}"))) {
      assertThat(react(fake).status()).isEqualTo("sent");
      assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
    }
  }

  @Test
  void anHourIsTooLongToWait() throws Exception {
    try (FakeApi fake = new FakeApi(new Reply(429, Map.of("Retry-After", "3600"), ""))) {
      Outcome outcome = react(fake);
      assertThat(outcome.status()).isEqualTo("failed");
      assertThat(outcome.attempts()).isEqualTo(1);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void whatCannotPassIsTriedOnce() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(404, "{}"))) {
      assertThat(react(fake)).isEqualTo(new Outcome("failed", "reaction", 1, 404, "answered 404"));
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (FakeApi inside = new FakeApi(Reply.of(200, "{}"));
        FakeApi fake =
            new FakeApi(new Reply(307, Map.of("Location", inside.address() + "/x"), ""))) {
      assertThat(react(fake).status()).isEqualTo("failed");
      assertThat(inside.calls()).isEmpty();
    }
  }

  @Test
  void nobodyThereFailsAfterAllAttempts() throws Exception {
    URI address;
    try (FakeApi gone = new FakeApi(Reply.of(200, "{}"))) {
      address = gone.address();
    }
    Outcome outcome =
        new GitHubReaction(api(address))
            .respond("issues.opened", message(Map.of("repo", "o/r", "issue_number", 1L)));
    assertThat(outcome.status()).isEqualTo("failed");
    assertThat(outcome.attempts()).isEqualTo(Api.ATTEMPTS);
    assertThat(outcome.reason()).startsWith("no answer");
  }

  @Test
  void slackTellsFailureInTheBody() throws Exception {
    Map<String, Object> place = Map.of("channel", "C1", "ts", "1.2");
    try (FakeApi fake =
        new FakeApi(
            Reply.of(200, "{\"ok\":false,\"error\":\"ratelimited\"}"),
            Reply.of(200, "{\"ok\":false,\"error\":\"already_reacted\"}"),
            Reply.of(200, "{\"ok\":false,\"error\":\"invalid_auth\"}"))) {
      Responder responder = new SlackResponse(api(fake.address()), null);
      assertThat(responder.respond("app_mention", message(place)))
          .isEqualTo(new Outcome("sent", "reaction", 2, 200, null));
      assertThat(responder.respond("app_mention", message(place)))
          .isEqualTo(new Outcome("failed", "reaction", 1, 200, "invalid_auth"));
      assertThat(fake.calls().getFirst().path()).isEqualTo("/reactions.add");
    }
  }

  @Test
  void aReplyOfSlackGoesIntoTheThread() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(200, "{\"ok\":true}"))) {
      new SlackResponse(api(fake.address()), "On it.")
          .respond("app_mention", message(Map.of("channel", "C1", "ts", "2", "thread_ts", "1")));
      assertThat(fake.calls().getFirst().path()).isEqualTo("/chat.postMessage");
      assertThat(fake.calls().getFirst().body())
          .contains("\"thread_ts\":\"1\"", "\"text\":\"On it.\"");
    }
  }

  @Test
  void jiraGetsACommentAsADocumentOrAsText() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      Message message = message(Map.of("issue_key", "TES-41"));
      new JiraComment(api(fake.address()), false, "On it.").respond("comment_created", message);
      new JiraComment(api(fake.address()), true, "On it.").respond("comment_created", message);
      assertThat(fake.calls().getFirst().path()).isEqualTo("/rest/api/3/issue/TES-41/comment");
      assertThat(fake.calls().getFirst().body()).contains("\"type\":\"doc\"", "On it.");
      assertThat(fake.calls().getLast())
          .isEqualTo(
              new FakeApi.Call(
                  "/rest/api/2/issue/TES-41/comment", "Bearer t0ken", "{\"body\":\"On it.\"}"));
      Message hostile = message(Map.of("issue_key", "../../user"));
      assertThat(
              new JiraComment(api(fake.address()), true, "x")
                  .respond("comment_created", hostile)
                  .status())
          .isEqualTo("skipped");
    }
  }

  private Outcome react(FakeApi fake) throws InterruptedException {
    return new GitHubReaction(api(fake.address()))
        .respond("issue_comment.created", message(Map.of("repo", "owner/repo", "comment_id", 7L)));
  }

  private Api api(URI address) {
    return new Api(
        address, Map.of("Authorization", "Bearer t0ken"), pauses::add, InstantSource.fixed(NOW));
  }

  private static Message message(Map<String, Object> metadata) {
    return new Message(null, List.of(), null, "", new Speaker("dev", null, false), metadata, null);
  }
}
