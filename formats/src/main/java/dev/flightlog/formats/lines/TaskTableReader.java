package dev.flightlog.formats.lines;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.rows.RowBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns one task of the tables {@code tasks}, {@code evaluations} and {@code outcomes} into events:
 * the request, each evaluation, the assignment, each outcome. Their ids come from what the task's
 * row says and from how many of a kind there are before, so a copy of the file, or the same file
 * after VACUUM, gives the same events. A task is named by its {@code thread_ts}, as in the simple
 * task log. Not thread-safe.
 */
public final class TaskTableReader {
  private final RowBuilder rows;
  private final Texts texts;
  private final Stories stories;
  private final long fallbackTime;

  /** Reads a file of this context. */
  public TaskTableReader(FileContext file, ReaderSettings settings) {
    rows = new RowBuilder(file, settings.texts());
    texts = settings.texts();
    stories = settings.stories();
    fallbackTime = file.fallbackTime();
  }

  /** Adds the events of one task. */
  public void read(
      Map<String, @Nullable Object> task,
      List<Map<String, @Nullable Object>> evaluations,
      List<Map<String, @Nullable Object>> outcomes,
      EventBatch out) {
    One one = new One(task, out);
    if (task.size() > 1) {
      // Else the task itself is gone, and only its id is known.
      one.request();
    }
    boolean assigned = false;
    for (Map<String, @Nullable Object> evaluation : evaluations) {
      assigned |= one.evaluation(evaluation);
    }
    if (!assigned && !evaluations.isEmpty() && outcomes.isEmpty()) {
      one.begin(EventTypes.TASK_UNASSIGNED, null, one.time);
      rows.end(out);
    }
    for (Map<String, @Nullable Object> outcome : outcomes) {
      one.outcome(outcome);
    }
  }

  /** The events of one task. */
  private final class One {
    private final Map<String, @Nullable Object> task;
    private final EventBatch out;
    private final String key;
    private final @Nullable String taskId;
    private final long time;
    private final Map<String, Integer> met = new HashMap<>();

    One(Map<String, @Nullable Object> task, EventBatch out) {
      this.task = task;
      this.out = out;
      StringBuilder content = new StringBuilder("task-db");
      for (String column :
          List.of("id", "timestamp", "user_id", "request", "channel_id", "thread_ts")) {
        String text = String.valueOf(task.get(column));
        content.append(':').append(text.length()).append(':').append(text);
      }
      key = EventIds.ofKey(content.toString());
      String thread = text(task, "thread_ts");
      taskId = thread == null ? "task-" + key.toLowerCase(Locale.ROOT) : texts.name(thread);
      long told = Times.of(task);
      time = told == Timestamps.NONE ? fallbackTime : told;
    }

    void begin(String type, @Nullable String agent, long at) {
      String kind = type + ":" + agent;
      int place = met.merge(kind, 1, Integer::sum);
      Attribution of = Attribution.of(null, stories.of(null, null), null, agent);
      Origin origin = new Origin(at, true, of, 0, 0);
      String id = "task-db:" + key + ":" + kind + ":" + place;
      rows.begin(out, Mode.MERGE, EventIds.ofKey(id), type, Category.EXECUTION, origin);
      out.text(Field.TASK_ID, taskId);
    }

    void request() {
      begin(EventTypes.TASK_REQUEST, null, time);
      for (String column : List.of("user_id", "channel_id", "thread_ts")) {
        rows.detail(column, texts.name(text(task, column)));
      }
      String request = text(task, "request");
      if (request != null && texts.keepsContent()) {
        rows.details().key("request");
        texts.text(rows.details(), request);
      }
      rows.end(out);
    }

    /** Answers whether this agent got the task. */
    boolean evaluation(Map<String, @Nullable Object> row) {
      String agent = texts.name(text(row, "agent_name"));
      boolean assigned = flag(row, "assigned");
      begin(EventTypes.EVALUATION, agent, time);
      confidence(row);
      rows.details().key("assigned").bool(assigned);
      rows.end(out);
      if (assigned) {
        begin(EventTypes.TASK_ASSIGNED, agent, time);
        confidence(row);
        rows.end(out);
      }
      return assigned;
    }

    private void confidence(Map<String, @Nullable Object> row) {
      if (row.get("confidence") instanceof Number percent) {
        out.real(Field.CONFIDENCE_SCORE, Math.clamp(percent.doubleValue() / 100, 0, 1));
      }
    }

    void outcome(Map<String, @Nullable Object> row) {
      boolean timed = row.get("execution_time") instanceof Number;
      long millis =
          timed && row.get("execution_time") instanceof Number seconds
              ? Math.round(seconds.doubleValue() * 1000)
              : 0;
      begin(
          EventTypes.TASK_OUTCOME,
          texts.name(text(row, "agent_name")),
          time + Math.max(0, millis) * 1000);
      if (row.get("success") != null) {
        out.flag(Field.SUCCESS, flag(row, "success"));
      }
      if (timed) {
        out.integer(Field.DURATION_MS, millis);
      }
      String error = text(row, "error_message");
      if (error != null) {
        rows.failure(error);
      }
      rows.end(out);
    }
  }

  private static @Nullable String text(Map<String, @Nullable Object> row, String column) {
    Object value = row.get(column);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  private static boolean flag(Map<String, @Nullable Object> row, String column) {
    Object value = row.get(column);
    return value instanceof Number number
        ? number.doubleValue() != 0
        : value != null && value.toString().equalsIgnoreCase("true");
  }
}
