package dev.flightlog.benchmarks.tasks;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import java.time.Instant;
import java.util.Random;

/**
 * Tasks of 90 days: 12 agents, of which three were asked about each task, 4 providers, 8 % failed,
 * 3 % that nobody got; five events a task. From a fixed seed.
 */
final class GeneratedTasks {
  static final Instant END = Instant.parse("2026-03-01T00:00:00Z");

  private static final int AGENTS = 12;
  private static final String[] PROVIDERS = {"github", "slack", "jira", "gitlab"};
  private static final String[] VERBS = {"review", "fix", "deploy", "explain", "test", "document"};
  private static final String[] THINGS = {
    "login", "billing", "search", "cache", "queue", "schema", "report", "upload", "release", "api"
  };
  private static final int ROWS = 8192;

  private final Random random = new Random(42);
  private final EventBatch batch = new EventBatch();
  private final JsonWriter details = new JsonWriter();
  private final EventStore store;

  GeneratedTasks(EventStore store) {
    this.store = store;
  }

  void write(int tasks) {
    long span = 90 * Timestamps.DAY;
    long start = Timestamps.of(END) - span;
    for (int i = 0; i < tasks; i++) {
      task(i, start + (long) ((double) i / tasks * (span - 600_000_000L)));
      if (batch.size() >= ROWS) {
        append();
      }
    }
    append();
    store.settle();
  }

  private void append() {
    store.append(new Append(batch));
    batch.clear();
  }

  private void task(int number, long at) {
    String id = "task-%08d".formatted(number);
    String agent = "agent-" + random.nextInt(AGENTS);
    boolean taken = random.nextInt(100) >= 3;
    begin("task_request", id, at, null);
    details.key("request").string(request(number)).key("user_id").string("U" + number % 500);
    details.key("provider").string(PROVIDERS[random.nextInt(PROVIDERS.length)]);
    end();
    double sure = 0.5 + random.nextInt(50) / 100.0;
    evaluation(id, at + 1_000_000, agent, sure, taken);
    evaluation(id, at + 1_000_000, "agent-" + (AGENTS + random.nextInt(4)), 0.2, false);
    if (!taken) {
      begin("task_unassigned", id, at + 2_000_000, null);
      end();
      return;
    }
    begin("task_assigned", id, at + 2_000_000, agent);
    batch.real(Field.CONFIDENCE_SCORE, sure);
    end();
    long millis = (long) Math.exp(5 + random.nextGaussian() * 2 + 3);
    boolean success = random.nextInt(100) >= 8;
    begin("task_outcome", id, at + 2_000_000 + Math.min(millis, 500_000) * 1000, agent);
    batch.flag(Field.SUCCESS, success);
    batch.integer(Field.DURATION_MS, millis);
    details.key("cost_usd").number(Math.round(millis / 10.0) / 1000.0);
    if (!success) {
      details.key("error_message").string("timeout while " + VERBS[number % VERBS.length] + "ing");
    }
    end();
  }

  private String request(int number) {
    return VERBS[random.nextInt(VERBS.length)]
        + " the "
        + THINGS[random.nextInt(THINGS.length)]
        + " of customer "
        + random.nextInt(20_000)
        + ", ticket T-"
        + number;
  }

  private void evaluation(String id, long at, String agent, double sure, boolean taken) {
    begin("evaluation", id, at, agent);
    batch.real(Field.CONFIDENCE_SCORE, sure);
    details.key("assigned").bool(taken);
    end();
  }

  private void begin(
      String type, String task, long at, @org.jspecify.annotations.Nullable String agent) {
    batch.begin(Mode.NEW);
    batch.text(Field.ID, EventIds.ofKey(type + task + agent));
    batch.integer(Field.TIMESTAMP, at);
    batch.text(Field.EVENT_TYPE, type);
    batch.text(Field.CATEGORY, "execution");
    batch.text(Field.TASK_ID, task);
    batch.text(Field.AGENT_NAME, agent);
    details.clear().beginObject();
  }

  private void end() {
    batch.json(Field.DETAILS, details.endObject());
    batch.end();
  }
}
