package dev.flightlog.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventIds;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.folder.TaskInput;
import dev.flightlog.tasks.queue.QueueEntry;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.response.ResponseOutcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryHandlingTest {
  private static final List<String> STAGES =
      List.of(
          "received",
          "validation",
          "command_matching",
          "immediate_response",
          "task_created",
          "queue_push");

  @TempDir Path home;

  @Test
  void aCommandBecomesATaskWithItsFolderAndItsPlaceInTheQueue() throws Exception {
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(7, "@bot review\nplease")));
      world.awaitHandled();
      TaskId id = TaskId.ofKey("delivery:github:d-1");
      assertThat(world.tasks()).extracting(Task::taskId).containsExactly(id);
      assertThat(world.stages(id)).isEqualTo(STAGES);
      assertThat(world.queue.pending()).extracting(QueueEntry::taskId).containsExactly(id);
      TaskInput input = world.folders.input(id).orElseThrow();
      assertThat(input.message()).isEqualTo("@bot review\nplease");
      assertThat(input.sourceMetadata())
          .containsEntry("provider", "github")
          .containsEntry("event_type", "issue_comment.created")
          .containsEntry("webhook_id", "d-1")
          .containsEntry("repo", "owner/repo")
          .containsEntry("issue_number", 42L);
      Map<?, ?> matching = world.flow(id).get(2);
      assertThat(matching.get("command")).isEqualTo("review");
      assertThat(matching.get("matched")).isEqualTo(true);
    }
  }

  @Test
  void whileTheDiskDoesNotTakeThatADeliveryIsHandledItIsWrittenAgainAndAgain() throws Exception {
    String url = "jdbc:sqlite:" + home.resolve("deliveries.db");
    try (World world = world(Map.of());
        Connection other = DriverManager.getConnection(url);
        var statement = other.createStatement()) {
      statement.execute(
          "CREATE TRIGGER full BEFORE UPDATE OF body ON deliveries BEGIN"
              + " SELECT RAISE(ROLLBACK, 'database or disk is full'); END");
      world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(7, "@bot review")));
      world.send(Signed.gitHub("issue_comment", "d-2", Signed.comment(8, "Nice work")));
      assertThat(world.handling.awaitIdle(Duration.ofMillis(300))).isFalse();
      statement.execute("DROP TRIGGER full");
      world.awaitHandled();
      assertThat(world.deliveries.state().open()).isZero();
      assertThat(world.tasks()).hasSize(1);
    }
  }

  @Test
  void theRequestIsOneEventWithWhoAskedAndWhat() throws Exception {
    try (World world = world(Map.of())) {
      String comment = Signed.comment(7, "@bot review", "MEMBER", "someone", "User");
      world.send(Signed.gitHub("issue_comment", "d-1", comment));
      world.awaitHandled();
      assertThat(world.events("task_request")).hasSize(1);
      Map<?, ?> details = World.details(world.events("task_request").getFirst());
      assertThat(details.get("request")).isEqualTo("@bot review");
      assertThat(details.get("user_id")).isEqualTo("someone");
      assertThat(details.get("command")).isEqualTo("review");
    }
  }

  @Test
  void everyStageIsAnEventKeyedByDeliveryAndStage() throws Exception {
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(7, "@bot review")));
      world.awaitHandled();
      List<Map<?, ?>> events = world.stageEvents();
      assertThat(events)
          .extracting(event -> String.valueOf(event.get("id")))
          .containsExactlyInAnyOrderElementsOf(
              STAGES.stream().map(each -> EventIds.ofKey("delivery:github:d-1:" + each)).toList());
      String task = TaskId.ofKey("delivery:github:d-1").value();
      assertThat(events).allSatisfy(event -> assertThat(event.get("task_id")).isEqualTo(task));
    }
  }

  @Test
  void stagesDoNotTakeLongerThanTheWholeWay() throws Exception {
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(7, "@bot review")));
      world.awaitHandled();
      List<Map<?, ?>> flow = world.flow(TaskId.ofKey("delivery:github:d-1"));
      double sum = World.number(flow.get(2), "waited_ms");
      for (Map<?, ?> line : flow) {
        sum += World.number(line, "duration_ms");
      }
      Instant first = java.time.OffsetDateTime.parse(text(flow.getFirst())).toInstant();
      Instant last = java.time.OffsetDateTime.parse(text(flow.getLast())).toInstant();
      double total = Duration.between(first, last).toNanos() / 1e6;
      assertThat(sum).isPositive().isLessThanOrEqualTo(total + 0.01);
    }
  }

  private static String text(Map<?, ?> line) {
    return String.valueOf(line.get("timestamp"));
  }

  @Test
  void aCommentWithoutCommandEndsWithMatching() throws Exception {
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issue_comment", "d-1", Signed.comment(7, "Nice work")));
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
      Map<?, ?> last = World.details(world.stageEvents().getLast());
      assertThat(last.get("stage")).isEqualTo("command_matching");
      assertThat(last.get("matched")).isEqualTo(false);
    }
  }

  @Test
  void whatIsEditedOrDeletedLaterIsNoCommand() throws Exception {
    try (World world = world(Map.of())) {
      for (String action : List.of("edited", "deleted")) {
        String json = Signed.comment(1, "@bot review").replace("\"created\"", '"' + action + '"');
        world.send(gitHub("d-" + action, json));
      }
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
    }
  }

  @Test
  void botsAndStrangersGiveNoCommands() throws Exception {
    try (World world = world(Map.of())) {
      String text = "@bot review";
      world.send(gitHub("d-1", Signed.comment(1, text, "MEMBER", "bot", "User")));
      world.send(gitHub("d-2", Signed.comment(2, text, "MEMBER", "other[bot]", "Bot")));
      world.send(gitHub("d-3", Signed.comment(3, text, "NONE", "stranger", "User")));
      world.send(gitHub("d-4", Signed.comment(4, text, "CONTRIBUTOR", "once", "User")));
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
      assertThat(world.stageEvents())
          .filteredOn(event -> "command_matching".equals(World.details(event).get("stage")))
          .extracting(event -> String.valueOf(World.details(event).get("reason")))
          .containsExactlyInAnyOrder(
              "written by a bot",
              "written by a bot",
              "author association NONE may not give commands",
              "author association CONTRIBUTOR may not give commands");
    }
  }

  private static Signed gitHub(String id, String json) {
    return Signed.gitHub("issue_comment", id, json);
  }

  @Test
  void oneCommentThatComesThroughTwoHooksIsOneTask() throws Exception {
    try (World world = world(Map.of())) {
      String json = Signed.comment(7, "@bot review");
      world.send(gitHub("d-1", json));
      world.send(gitHub("d-2", json.replace("\"sender\"", "\"organization\":{},\"sender\"")));
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(1);
    }
  }

  @Test
  void oneLabelThatComesThroughTwoHooksIsOneTask() throws Exception {
    String json =
        """
        {"action":"labeled","label":{"name":"agent:review"},
         "issue":{"id":9,"number":42,"title":"T","updated_at":"2026-02-01T09:00:0%dZ",
           "user":{"login":"dev"}},
         "repository":{"full_name":"owner/repo"},%s
         "sender":{"login":"triager","type":"User"}}
        """;
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issues", "d-1", json.formatted(1, "")));
      world.send(Signed.gitHub("issues", "d-2", json.formatted(1, "\"organization\":{},")));
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(1);
      // Taken off and put on again.
      world.send(Signed.gitHub("issues", "d-3", json.formatted(5, "")));
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(2);
    }
  }

  @Test
  void whoMayNotCommandIsShownThat() throws Exception {
    List<Responder.Reply> replies = new java.util.concurrent.CopyOnWriteArrayList<>();
    Responder listening =
        (event, message, reply) -> {
          replies.add(reply);
          return new ResponseOutcome.Sent("reaction", 1, 201);
        };
    try (World world = world(Map.of("github", listening))) {
      world.send(gitHub("d-1", Signed.comment(1, "@bot review", "NONE", "stranger", "User")));
      world.send(gitHub("d-2", Signed.comment(2, "nothing asked", "NONE", "stranger", "User")));
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
      assertThat(replies).containsExactly(Responder.Reply.DENIED);
      world.send(gitHub("d-3", Signed.comment(3, "@bot review")));
      world.awaitHandled();
      assertThat(replies).containsExactly(Responder.Reply.DENIED, Responder.Reply.HEARD);
    }
  }

  @Test
  void aCommandOfSomebodyOfWhomNobodyCanTellWaitsForAPerson() throws Exception {
    try (World world = world(Map.of())) {
      // Nobody listens there.
      world.settings =
          WebhookSettings.read(
              Map.of(
                  "github",
                  Map.of("secret", Signed.SECRET, "token", "t", "api", "http://127.0.0.1:1")),
              Map.of(),
              pause -> {},
              InstantSource.system());
      String said =
          Signed.comment(1, "@bot review", "CONTRIBUTOR", "hidden", "User")
              .replace("\"owner/repo\"", "\"owner/repo\",\"owner\":{\"type\":\"Organization\"}");
      world.send(gitHub("d-1", said));
      world.awaitHandled();
      Task task = world.tasks().getFirst();
      assertThat(task.status()).isEqualTo(TaskStatus.PARKED);
      assertThat(world.folders.result(task.taskId()).orElseThrow().error())
          .contains("CONTRIBUTOR", "could not be looked up", "flightlog task retry");
      assertThat(world.queue.pending()).isEmpty();

      // Sent again after a crash, when a person has decided, it stays decided.
      world.folders.update(task.taskId(), each -> each.withStatus(TaskStatus.SUCCEEDED));
      world.handling.handle(reopenDelivery(world, "d-1", said));
      world.awaitHandled();
      assertThat(world.tasks().getFirst().status()).isEqualTo(TaskStatus.SUCCEEDED);
    }
  }

  /** As a killed process leaves it: kept and not handled. */
  private static long reopenDelivery(World world, String id, String json) {
    Instant now = Instant.now();
    world.deliveries.forget(now.plusSeconds(60));
    return world
        .deliveries
        .keep(
            new Delivery(
                "github",
                id,
                "issue_comment.created",
                "hash-" + id,
                now,
                now,
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .seq();
  }

  @Test
  void aChangeOfTheSettingsIsTakenByTheNextRequest() throws Exception {
    try (World world = world(Map.of())) {
      WebhookSettings usual = world.settings;
      world.settings = new WebhookSettings(List.of(), Map.of(), List.of());
      assertThat(world.sent(gitHub("d-1", Signed.comment(1, "@bot review"))))
          .isEqualTo("unknown_provider");
      world.settings = usual;
      assertThat(world.sent(gitHub("d-1", Signed.comment(1, "@bot review")))).isEqualTo("accepted");
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(1);
    }
  }

  @Test
  void whatIsNotHandledIsNeverForgotten() throws Exception {
    try (World world = world(Map.of())) {
      long seq = reopenDelivery(world, "d-1", Signed.comment(1, "@bot review"));
      assertThat(world.deliveries.forget(Instant.now().plus(Deliveries.MEMORY))).isZero();
      assertThat(world.deliveries.open()).containsExactly(seq);
      world.handling.handle(seq);
      world.awaitHandled();
      assertThat(world.deliveries.forget(Instant.now().plus(Deliveries.MEMORY))).isEqualTo(1);
    }
  }

  @Test
  void aDeliveryThatNobodyCanReadStopsNobody() throws Exception {
    try (World world = world(Map.of())) {
      world.send(gitHub("d-1", Signed.comment(1, "@bot review")));
      world.awaitHandled();
    }
    List<String> odd =
        List.of(
            "NULL",
            "''",
            "'[]'",
            "'{'",
            "x'00ff'",
            "0",
            "'{\"comment\":1e999}'",
            "'" + "[".repeat(3000) + "'",
            "'{\"action\":{},\"comment\":[],\"sender\":null}'");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < odd.size(); i++) {
      rows.append(
          "INSERT INTO deliveries(provider, delivery_id, body_hash, event, received_us,"
              + " validated_us, body) VALUES(%s, 'o-%d', 'h%d', %s, %s, 'x', %s);"
                  .formatted(
                      i % 2 == 0 ? "'github'" : "x'00'",
                      i,
                      i,
                      i % 3 == 0 ? "'issue_comment.created'" : "''",
                      i % 3 == 1 ? "9e18" : i % 3 == 2 ? "'soon'" : "-9000000000000000000",
                      odd.get(i)));
    }
    for (String row : rows.toString().split(";(?=INSERT|$)")) {
      reopen(row);
    }
    try (World world = world(Map.of())) {
      world.send(gitHub("d-2", Signed.comment(2, "@bot review")));
      world.handling.resume();
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(2);
      assertThat(world.deliveries.state().open()).isZero();
    }
  }

  @Test
  void anAppIsMentionedWithoutItsSuffix() throws Exception {
    for (String bot : List.of("helper[bot]", "@helper", "helper[BOT]", "helper")) {
      WebhookSettings settings =
          WebhookSettings.read(
              Map.of("github", Map.of("secret", "s\n", "bot", bot)),
              Map.of(),
              pause -> {},
              InstantSource.system());
      var commands = settings.providers().getFirst().commands();
      assertThat(commands.patterns().find(List.of("@helper review"))).as(bot).isPresent();
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(() ->
            WebhookSettings.read(
                Map.of("github", Map.of("secret", "s", "bot", "My Helper")),
                Map.of(),
                pause -> {},
                InstantSource.system()))
        .hasMessageContaining("webhooks.github.bot")
        .hasMessageContaining("without blanks");
  }

  @Test
  void aSecretLosesTheLineFeedOfItsFileAndOtherBlanksAreTold() {
    WebhookSettings settings =
        WebhookSettings.read(
            Map.of(
                "github",
                Map.of("secret", Signed.SECRET + "\r\n"),
                "slack",
                Map.of("secret", " s")),
            Map.of(),
            pause -> {},
            InstantSource.system());
    Signed signed = Signed.gitHub("ping", "d", "{}");
    assertThat(
            settings
                .provider("github")
                .orElseThrow()
                .signature()
                .verify(
                    dev.flightlog.webhooks.signature.Headers.of(signed.headers()),
                    signed.body(),
                    Instant.now()))
        .isEqualTo(new dev.flightlog.webhooks.signature.Verdict.Right());
    assertThat(settings.notices()).singleElement().asString().contains("webhooks.slack.secret");
  }

  @Test
  void aLabelIsACommandUnlessAStrangersTemplatePutItOn() throws Exception {
    String json =
        """
        {"action":"labeled","label":{"name":"agent:review"},
         "issue":{"number":42,"title":"T","body":"B","author_association":"NONE",
           "user":{"login":"stranger"}},
         "repository":{"full_name":"owner/repo"},
         "sender":{"login":"%s","type":"User"}}
        """;
    try (World world = world(Map.of())) {
      world.send(Signed.gitHub("issues", "d-1", json.formatted("stranger")));
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
      world.send(Signed.gitHub("issues", "d-2", json.formatted("triager")));
      world.awaitHandled();
      TaskId id = TaskId.ofKey("delivery:github:d-2");
      assertThat(world.folders.input(id).orElseThrow().message()).isEqualTo("T\n\nB");
      String program = json.formatted("program").replace("\"type\":\"User\"", "\"type\":\"Bot\"");
      world.send(Signed.gitHub("issues", "d-3", program));
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(1);
    }
  }

  @Test
  void slackAndJiraAndConfiguredProvidersMakeTasks() throws Exception {
    Instant now = Instant.now();
    try (World world = world(Map.of())) {
      world.send(
          Signed.slack(
              now,
              """
              {"type":"event_callback","event_id":"Ev1","team_id":"T1","event":{
               "type":"app_mention","user":"U1","team":"T1","channel":"C1","ts":"1.2",
               "text":"<@U0BOT> review &amp; merge"}}
              """));
      world.send(
          Signed.jira(
              "j-1",
              """
              {"webhookEvent":"comment_created","issue":{"key":"TES-41"},"comment":{"id":"10019",
               "author":{"accountId":"77","accountType":"atlassian"},
               "body":"[~accountid:5b10] plan this"}}
              """));
      String ci = "{\"build\":{\"id\":12},\"note\":{\"text\":\"/agent fix it\",\"by\":\"ann\"}}";
      byte[] body = ci.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      world.send(
          new Signed(
              "ci",
              Signed.headers(
                  "X-CI-Signature", Signed.hmac(body),
                  "X-CI-Event", "note",
                  "Content-Type", "application/json"),
              body));
      world.awaitHandled();
      assertThat(world.tasks())
          .extracting(Task::provider)
          .containsExactlyInAnyOrder("slack", "jira", "ci");
      assertThat(world.folders.input(TaskId.ofKey("delivery:slack:Ev1")).orElseThrow().message())
          .isEqualTo("@bot review & merge");
    }
  }

  @Test
  void guestsOfASlackWorkspaceGiveNoCommands() throws Exception {
    try (World world = world(Map.of())) {
      world.send(
          Signed.slack(
              Instant.now(),
              """
              {"type":"event_callback","event_id":"Ev1","team_id":"T1","event":{
               "type":"app_mention","user":"U1","user_team":"T9","channel":"C1","ts":"1.2",
               "text":"<@U0BOT> review"}}
              """));
      world.awaitHandled();
      assertThat(world.tasks()).isEmpty();
    }
  }

  @Test
  void aResponseThatFailsOrHangsDoesNotBlockTheTask() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    Responder hanging =
        (event, message, reply) -> {
          hangs.await();
          return new ResponseOutcome.Failed("reaction", 5, OptionalInt.of(503), "answered 503");
        };
    try (World world = world(Map.of("github", hanging))) {
      world.send(gitHub("d-1", Signed.comment(7, "@bot review")));
      TaskId id = TaskId.ofKey("delivery:github:d-1");
      while (world.queue.find(id).isEmpty()) {
        world.queue.await(Duration.ofMillis(100));
      }
      hangs.countDown();
      world.awaitHandled();
      // The task was in its queue before there was a response; that of its two last lines may be
      // first.
      assertThat(world.stages(id))
          .startsWith("received", "validation", "command_matching", "task_created")
          .containsExactlyInAnyOrderElementsOf(STAGES);
      Map<?, ?> response = world.flow(id).get(world.stages(id).indexOf("immediate_response"));
      assertThat(response.get("status")).isEqualTo("failed");
      assertThat(response.get("http_status")).isEqualTo(503L);
    }
  }

  @Test
  void whatAKilledProcessLeftIsTakenUpAndMakesNothingTwice() throws Exception {
    AtomicInteger responses = new AtomicInteger();
    Responder counting =
        (event, message, reply) -> {
          responses.incrementAndGet();
          return new ResponseOutcome.Sent("reaction", 1, 201);
        };
    try (World world = world(Map.of("github", counting))) {
      // Kept and answered, but never handled, as when the process dies right after the answer.
      Deliveries.Kept kept =
          world.deliveries.keep(
              new Delivery(
                  "github",
                  "d-1",
                  "issue_comment.created",
                  "00",
                  Instant.now(),
                  Instant.now(),
                  Signed.comment(7, "@bot review")
                      .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(kept.isNew()).isTrue();
    }
    TaskId id = TaskId.ofKey("delivery:github:d-1");
    try (World world = world(Map.of("github", counting))) {
      assertThat(world.handling.resume()).isEqualTo(1);
      world.awaitHandled();
      assertThat(world.stages(id)).isEqualTo(STAGES);
    }
    reopen("UPDATE deliveries SET body = '" + Signed.comment(7, "@bot review") + "'");
    try (World world = world(Map.of("github", counting))) {
      assertThat(world.handling.resume()).isEqualTo(1);
      world.awaitHandled();
      assertThat(world.tasks()).hasSize(1);
      assertThat(world.stages(id)).isEqualTo(STAGES);
      assertThat(world.queue.pending()).hasSize(1);
      assertThat(world.handling.resume()).isZero();
    }
    assertThat(responses).hasValue(1);
  }

  private void reopen(String sql) throws Exception {
    try (var connection =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("deliveries.db"));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private World world(Map<String, Responder> responders) {
    return new World(home, InstantSource.system(), responders);
  }
}
