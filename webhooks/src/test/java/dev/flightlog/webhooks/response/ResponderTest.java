package dev.flightlog.webhooks.response;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.webhooks.provider.MemberLookup;
import dev.flightlog.webhooks.provider.Message;
import dev.flightlog.webhooks.provider.Permission;
import dev.flightlog.webhooks.provider.Speaker;
import dev.flightlog.webhooks.response.FakeApi.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponderTest {
  private static final Instant NOW = Instant.parse("2026-02-01T09:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void gitHubGetsAReactionOnTheComment() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      ResponseOutcome outcome =
          new GitHubReaction(api(fake.address()))
              .respond(
                  "issue_comment.created",
                  message(Map.of("repo", "owner/repo", "comment_id", 7L, "issue_number", 42L)),
                  Responder.Reply.HEARD);
      assertThat(outcome).isEqualTo(new ResponseOutcome.Sent("reaction", 1, 201));
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
      responder.respond(
          "pull_request_review_comment.created", message(comment), Responder.Reply.HEARD);
      responder.respond("commit_comment.created", message(comment), Responder.Reply.HEARD);
      Map<String, Object> issue = Map.of("repo", "o/r", "issue_number", 42L);
      responder.respond("pull_request_review.submitted", message(issue), Responder.Reply.HEARD);
      assertThat(fake.calls())
          .extracting(FakeApi.Call::path)
          .containsExactly(
              "/repos/o/r/pulls/comments/7/reactions",
              "/repos/o/r/comments/7/reactions",
              "/repos/o/r/issues/42/reactions");
    }
  }

  @Test
  void aMemberWhoseMembershipIsPrivateIsLookedUp() throws Exception {
    try (FakeApi fake =
        new FakeApi(
            Reply.of(200, "{\"permission\":\"write\",\"role_name\":\"maintain\"}"),
            Reply.of(200, "{\"permission\":\"read\",\"role_name\":\"read\"}"),
            Reply.of(404, "{}"),
            Reply.of(502, ""),
            Reply.of(200, "{\"permission\":\"write\",\"role_name\":\"triage\"}"),
            Reply.of(503, ""))) {
      Permission permission =
          Permission.byAssociation(
              Permission.TRUSTED, Set.of(), new GitHubMembers(api(fake.address())));
      Speaker hidden = new Speaker("dev", Optional.of("CONTRIBUTOR"), true);
      Map<String, Object> place = Map.of("repo", "o/r");
      assertThat(permission.of(hidden, place)).isEqualTo(new Permission.Decision.Granted());
      assertThat(reason(permission.of(hidden, place))).contains("CONTRIBUTOR", "permission read");
      assertThat(reason(permission.of(hidden, place))).contains("looked up", "404");
      assertThat(permission.of(hidden, place)).isEqualTo(new Permission.Decision.Granted());
      assertThat(permission.of(hidden, place)).isInstanceOf(Permission.Decision.Undecided.class);
      assertThat(reason(permission.of(hidden, place))).contains("could not be looked up", "503");
      Speaker stranger = new Speaker("dev", Optional.of("NONE"), false);
      assertThat(reason(permission.of(stranger, place))).doesNotContain("looked up");
      assertThat(fake.calls())
          .extracting(FakeApi.Call::path)
          .hasSize(9)
          .containsOnly("/repos/o/r/collaborators/dev/permission");
    }
  }

  @Test
  void nobodyIsLookedUpUnderANameThatIsNone() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(200, "{\"permission\":\"admin\"}"))) {
      GitHubMembers members = new GitHubMembers(api(fake.address()));
      assertThat(members.ask("o/r/../../user?x=", "dev"))
          .isInstanceOf(MemberLookup.Standing.Stranger.class);
      assertThat(members.ask("o/r", "../admin")).isInstanceOf(MemberLookup.Standing.Stranger.class);
      assertThat(fake.calls()).isEmpty();
    }
  }

  private static String reason(Permission.Decision decision) {
    return switch (decision) {
      case Permission.Decision.Granted granted -> "granted";
      case Permission.Decision.Denied denied -> denied.reason();
      case Permission.Decision.Undecided undecided -> undecided.reason();
    };
  }

  @Test
  void aRepositoryWithAHostileNameGetsNoCall() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      ResponseOutcome outcome =
          new GitHubReaction(api(fake.address()))
              .respond(
                  "issue_comment.created",
                  message(Map.of("repo", "o/r/../../user?x=", "comment_id", 7L)),
                  Responder.Reply.HEARD);
      assertThat(outcome).isInstanceOf(ResponseOutcome.Skipped.class);
      assertThat(fake.calls()).isEmpty();
    }
  }

  @Test
  void whatMayPassIsTriedAgainWithGrowingPauses() throws Exception {
    try (FakeApi fake =
        new FakeApi(Reply.of(502, ""), Reply.of(503, ""), Reply.of(500, ""), Reply.of(200, "{}"))) {
      ResponseOutcome outcome = react(fake);
      assertThat(outcome).isEqualTo(new ResponseOutcome.Sent("reaction", 4, 200));
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
      assertThat(react(fake)).isInstanceOf(ResponseOutcome.Sent.class);
      assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(30));
    }
  }

  @Test
  void anHourIsTooLongToWait() throws Exception {
    try (FakeApi fake = new FakeApi(new Reply(429, Map.of("Retry-After", "3600"), ""))) {
      ResponseOutcome outcome = react(fake);
      assertThat(outcome).isInstanceOf(ResponseOutcome.Failed.class);
      assertThat(outcome.fields()).containsEntry("attempts", 1);
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void whatCannotPassIsTriedOnce() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(404, "{}"))) {
      assertThat(react(fake))
          .isEqualTo(
              new ResponseOutcome.Failed("reaction", 1, OptionalInt.of(404), "answered 404"));
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    try (FakeApi inside = new FakeApi(Reply.of(200, "{}"));
        FakeApi fake =
            new FakeApi(new Reply(307, Map.of("Location", inside.address() + "/x"), ""))) {
      assertThat(react(fake)).isInstanceOf(ResponseOutcome.Failed.class);
      assertThat(inside.calls()).isEmpty();
    }
  }

  @Test
  void nobodyThereFailsAfterAllAttempts() throws Exception {
    URI address;
    try (FakeApi gone = new FakeApi(Reply.of(200, "{}"))) {
      address = gone.address();
    }
    ResponseOutcome outcome =
        new GitHubReaction(api(address))
            .respond(
                "issues.opened",
                message(Map.of("repo", "o/r", "issue_number", 1L)),
                Responder.Reply.HEARD);
    assertThat(outcome).isInstanceOf(ResponseOutcome.Failed.class);
    assertThat(outcome.fields()).containsEntry("attempts", Api.ATTEMPTS);
    assertThat(String.valueOf(outcome.fields().get("reason"))).startsWith("no answer");
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
      assertThat(responder.respond("app_mention", message(place), Responder.Reply.HEARD))
          .isEqualTo(new ResponseOutcome.Sent("reaction", 2, 200));
      assertThat(responder.respond("app_mention", message(place), Responder.Reply.HEARD))
          .isEqualTo(
              new ResponseOutcome.Failed("reaction", 1, OptionalInt.of(200), "invalid_auth"));
      assertThat(fake.calls().getFirst().path()).isEqualTo("/reactions.add");
    }
  }

  @Test
  void aReplyOfSlackGoesIntoTheThread() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(200, "{\"ok\":true}"))) {
      new SlackResponse(api(fake.address()), "On it.")
          .respond(
              "app_mention",
              message(Map.of("channel", "C1", "ts", "2", "thread_ts", "1")),
              Responder.Reply.HEARD);
      assertThat(fake.calls().getFirst().path()).isEqualTo("/chat.postMessage");
      assertThat(fake.calls().getFirst().body())
          .contains("\"thread_ts\":\"1\"", "\"text\":\"On it.\"");
    }
  }

  @Test
  void jiraGetsACommentAsADocumentOrAsText() throws Exception {
    try (FakeApi fake = new FakeApi(Reply.of(201, "{}"))) {
      Message message = message(Map.of("issue_key", "TES-41"));
      new JiraComment(api(fake.address()), false, "On it.")
          .respond("comment_created", message, Responder.Reply.HEARD);
      new JiraComment(api(fake.address()), true, "On it.")
          .respond("comment_created", message, Responder.Reply.HEARD);
      assertThat(fake.calls().getFirst().path()).isEqualTo("/rest/api/3/issue/TES-41/comment");
      assertThat(fake.calls().getFirst().body()).contains("\"type\":\"doc\"", "On it.");
      assertThat(fake.calls().getLast())
          .isEqualTo(
              new FakeApi.Call(
                  "/rest/api/2/issue/TES-41/comment", "Bearer t0ken", "{\"body\":\"On it.\"}"));
      Message hostile = message(Map.of("issue_key", "../../user"));
      assertThat(
              new JiraComment(api(fake.address()), true, "x")
                  .respond("comment_created", hostile, Responder.Reply.HEARD))
          .isInstanceOf(ResponseOutcome.Skipped.class);
    }
  }

  private ResponseOutcome react(FakeApi fake) throws InterruptedException {
    return new GitHubReaction(api(fake.address()))
        .respond(
            "issue_comment.created",
            message(Map.of("repo", "owner/repo", "comment_id", 7L)),
            Responder.Reply.HEARD);
  }

  private Api api(URI address) {
    return new Api(
        address, Map.of("Authorization", "Bearer t0ken"), pauses::add, InstantSource.fixed(NOW));
  }

  private static Message message(Map<String, Object> metadata) {
    return new Message.Written(
        Optional.empty(),
        List.of(),
        "",
        Speaker.named("dev"),
        new java.util.LinkedHashMap<String, @Nullable Object>(metadata));
  }
}
