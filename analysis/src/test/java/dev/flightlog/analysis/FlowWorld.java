package dev.flightlog.analysis;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small world and, on its last days, a workflow of three agents with tasks, a compaction and a
 * gap: what the guide and the golden answers of further questions are about.
 */
final class FlowWorld {
  private static final Instant START = Instant.parse("2026-02-02T10:00:00Z");

  private final List<Event.Builder> waiting = new ArrayList<>();

  static EventStore store() {
    EventStore store = SmallWorld.store();
    FlowWorld world = new FlowWorld();
    world.build();
    EventBatch batch = new EventBatch();
    for (Event.Builder event : world.waiting) {
      batch.add(EventBatch.Mode.NEW, event.build());
    }
    store.append(new Append(batch));
    return store;
  }

  static Answerer answerer() {
    return new Answerer(store(), TokenEstimate.standard(), SmallWorld.CLOCK);
  }

  private void build() {
    add(0, "planner", EventTypes.USER_PROMPT).details(Map.of("text", "Split the invoice module"));
    read(2, "planner", "src/Invoice.java");
    read(4, "planner", "src/Tax.java");
    handOver(10, "planner", "coder", 4_200, "plan is complete");
    edit(15, "coder", "src/Invoice.java", true);
    edit(22, "coder", "src/Tax.java", false);
    add(24, "coder", EventTypes.CONTEXT_COMPACTED)
        .details(Map.of("trigger", "auto", "pre_tokens", 160_000L));
    read(25, "coder", "src/Tax.java");
    edit(30, "coder", "src/Tax.java", true);
    handOver(40, "coder", "reviewer", 18_900, "ready for review");
    handOver(50, "reviewer", "coder", 900, "tests are missing");
    edit(55, "coder", "src/InvoiceTest.java", true);
    handOver(70, "coder", "reviewer", 2_100, "ready for review");
    add(80, null, EventTypes.RECORDER_GAP).details(Map.of("dropped", 12L));
    for (int i = 0; i < 40; i++) {
      String agent = i % 2 == 0 ? "coder" : "reviewer";
      double said = i % 4 == 0 ? 0.65 : 0.95;
      add(100 + i, agent, EventTypes.EVALUATION)
          .set(Field.CONFIDENCE_SCORE, said)
          .set(Field.TASK_ID, "task-" + i);
      add(101 + i, agent, EventTypes.TASK_OUTCOME)
          .set(Field.SUCCESS, i % 5 != 0)
          .set(Field.TASK_ID, "task-" + i)
          .set(Field.DURATION_MS, 60_000L);
    }
  }

  private Event.Builder add(int minute, @Nullable String agent, String type) {
    Category category = EventTypes.categoryOf(type);
    Event.Builder event =
        Event.builder(
                EventIds.ofKey("flow:" + waiting.size()),
                START.plus(Duration.ofMinutes(minute)),
                type,
                category == null ? Category.EXECUTION : category)
            .set(Field.STORY_ID, "1.2")
            .set(Field.AGENT_NAME, agent)
            .set(Field.SESSION_ID, "flow-session")
            .set(Field.WORKFLOW_ID, minute < 100 ? "flow-7" : null);
    waiting.add(event);
    return event;
  }

  private void read(int minute, String agent, String file) {
    tool(minute, agent, "Read", file, true, 40);
  }

  private void edit(int minute, String agent, String file, boolean success) {
    tool(minute, agent, "Edit", file, success, 900);
  }

  private void tool(
      int minute, String agent, String tool, String file, boolean success, long millis) {
    Map<String, Object> input = Map.of("file_path", file);
    add(minute, agent, EventTypes.TOOL_CALL)
        .set(Field.SUCCESS, success)
        .set(Field.DURATION_MS, millis)
        .details(
            success
                ? Map.of("tool", tool, "input", input)
                : Map.of(
                    "tool",
                    tool,
                    "input",
                    input,
                    "error_type",
                    "string_not_found",
                    "message",
                    "String to replace not found in file."));
  }

  private void handOver(int minute, String from, String to, long state, String reason) {
    add(minute, from, EventTypes.AGENT_TRANSITION)
        .details(Map.of("from_agent", from, "to_agent", to, "state_size", state, "reason", reason));
  }
}
