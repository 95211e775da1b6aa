package dev.flightlog.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real payloads, signed and sent. A folder with {@code github/<event>/….json}, {@code slack/} and
 * {@code jira/} can be named with {@code -Dflightlog.webhooks.data=DIR}; else the selection here.
 */
class PayloadsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;

  @Test
  void everyPayloadIsHandledOrRefusedWithAReason() throws Exception {
    List<String> refused = new ArrayList<>();
    int sent = 0;
    try (World world = new World(home, InstantSource.system(), Map.of())) {
      Set<String> bodies = new HashSet<>();
      for (Path file : files()) {
        String json = Files.readString(file);
        switch (world.send(signed(file, json, "d-" + sent))) {
          case Receipt.Refused refusal -> {
            assertThat(refusal.refusal()).as(file.toString()).isEqualTo(Refusal.MALFORMED);
            assertThat(refusal.reason()).as(file.toString()).isNotBlank();
            refused.add(file.getFileName() + ": " + refusal.reason());
          }
          case Receipt.Later later -> throw new AssertionError(later.reason());
          case Receipt.Kept kept -> {}
          case Receipt.Challenged challenged -> {}
        }
        bodies.add(json);
        sent++;
      }
      world.awaitHandled();
      DeliveryIntake.Counts counts = world.intake.counts();
      assertThat(counts.accepted() + counts.duplicates() + counts.refused()).isEqualTo(sent);
      assertThat(counts.refused()).isEqualTo(refused.size());
      long matched =
          world.stageEvents().stream()
              .filter(event -> "command_matching".equals(World.details(event).get("stage")))
              .count();
      assertThat(matched).isEqualTo(counts.accepted());
      assertThat(world.deliveries.open()).isEmpty();
    }
  }

  /** Slack's samples are blanked; what Slack always fills is filled. */
  private static Signed signed(Path file, String json, String id) throws IOException {
    String path = file.toString().replace('\\', '/');
    if (path.contains("/github/")) {
      String[] parts = path.split("/");
      String name = parts[parts.length - 1];
      String parent = parts[parts.length - 2];
      String event = parent.equals("github") ? name.substring(0, name.indexOf('.')) : parent;
      return Signed.gitHub(event, id, json);
    }
    if (path.contains("/jira/")) {
      return Signed.jira(id, json);
    }
    ObjectNode body = (ObjectNode) JSON.readTree(json);
    if (body.path("event").isObject()) {
      body.put("type", "event_callback").put("event_id", "Ev" + id);
    }
    return Signed.slack(Instant.now(), body.toString());
  }

  private static List<Path> files() throws Exception {
    String named = System.getProperty("flightlog.webhooks.data", "");
    Path root =
        named.isEmpty()
            ? Path.of(PayloadsTest.class.getResource("/webhooks").toURI())
            : Path.of(named);
    try (var all = Files.walk(root)) {
      return all.filter(each -> each.toString().endsWith(".json")).sorted().toList();
    }
  }

  @Test
  void realCommentsWithACommandInThemBecomeTasks() throws Exception {
    try (World world = new World(home, InstantSource.system(), Map.of())) {
      Path root = Path.of(PayloadsTest.class.getResource("/webhooks").toURI());
      String gitHub =
          Files.readString(root.resolve("github/issue_comment.created.json"))
              .replace("You are totally right!", "@bot review\\n\\nYou are totally right!");
      world.send(Signed.gitHub("issue_comment", "g-1", gitHub));
      String jira =
          Files.readString(root.resolve("jira/webhook-cloud-comment-created.json"))
              .replace("Added a comment", "[~accountid:5b10] plan");
      world.send(Signed.jira("j-1", jira));
      String label =
          Files.readString(root.resolve("github/issues.labeled.json"))
              .replace("\"name\": \"bug\"", "\"name\": \"agent:review\"");
      world.send(Signed.gitHub("issues", "g-2", label));
      world.awaitHandled();
      assertThat(world.tasks())
          .extracting(task -> task.taskId().value())
          .containsExactlyInAnyOrder(
              dev.flightlog.tasks.TaskId.ofKey("delivery:github:g-1").value(),
              dev.flightlog.tasks.TaskId.ofKey("delivery:github:g-2").value(),
              dev.flightlog.tasks.TaskId.ofKey("delivery:jira:j-1").value());
    }
  }
}
