package dev.flightlog.formats.lines;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RowReader;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.rows.RowBuilder;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the simple task log: requests, evaluations and outcomes, joined by {@code thread_ts}, which
 * becomes the task. Confidences of 0 to 100 become 0 to 1, seconds become milliseconds; all else
 * stays in the details.
 */
public final class TaskLogReader implements RowReader {
  /** What every line tells in columns; other keys stay in the details. */
  private static final Set<String> COLUMNS =
      Set.of("timestamp", "event_type", "thread_ts", "agent", "success");

  private static final Set<String> EVALUATIONS =
      Set.of(
          "timestamp",
          "event_type",
          "thread_ts",
          "evaluations",
          "assigned_to",
          "max_confidence",
          "confidence");
  private static final Set<String> OUTCOME =
      Set.of(
          "timestamp",
          "event_type",
          "thread_ts",
          "agent",
          "success",
          "execution_time",
          "error_message");
  private static final Set<String> CONFIDENT =
      Set.of("timestamp", "event_type", "thread_ts", "agent", "success", "confidence");

  private final TimedLines lines;
  private final RowBuilder rows;
  private final Texts texts;
  private final Stories stories;

  /** Reads a file of this context. */
  public TaskLogReader(FileContext file, ReaderSettings settings) {
    rows = new RowBuilder(file, settings.texts());
    texts = settings.texts();
    stories = settings.stories();
    lines = new TimedLines(file);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    Origin origin =
        lines.origin(
            line, Attribution.of(null, stories.of(null, null), null, null), offset, to - from);
    Parts parts = new Parts(line, origin, rows.file().keylessId(offset, bytes, from, to), out);
    String type = line.get("event_type") instanceof String text ? text : "event";
    if (type.equals("evaluations") || line.get("evaluations") != null) {
      parts.evaluations();
    } else if (line.get("execution_time") != null
        || type.equals("task_complete")
        || type.equals("task_outcome")) {
      parts.outcome();
    } else {
      parts.other(EventTypes.wellFormed(type));
    }
    return Reading.KNOWN;
  }

  /** The events of one line. */
  private final class Parts {
    private final Map<?, ?> line;
    private final Origin origin;
    private final String id;
    private final EventBatch out;
    private int count;

    Parts(Map<?, ?> line, Origin origin, String id, EventBatch out) {
      this.line = line;
      this.origin = origin;
      this.id = id;
      this.out = out;
    }

    void evaluations() {
      String assigned = name(line.get("assigned_to"));
      confidences(line.get("evaluations"))
          .forEach((agent, confidence) -> {
            begin(EventTypes.EVALUATION, agent);
            confidence(confidence);
            rows.details().key("assigned").bool(agent.equals(assigned));
            rows.end(out);
          });
      begin(assigned == null ? EventTypes.TASK_UNASSIGNED : EventTypes.TASK_ASSIGNED, assigned);
      Object most = line.get("max_confidence");
      confidence(most == null ? line.get("confidence") : most);
      rest(EVALUATIONS);
      rows.end(out);
    }

    void outcome() {
      begin(EventTypes.TASK_OUTCOME, agent());
      Object error = line.get("error_message");
      if (line.get("success") instanceof Boolean success) {
        out.flag(Field.SUCCESS, success);
      }
      if (line.get("execution_time") instanceof Number seconds) {
        out.integer(Field.DURATION_MS, Math.round(seconds.doubleValue() * 1000));
      }
      if (error instanceof String text && !text.isEmpty()) {
        rows.failure(text);
      }
      rest(OUTCOME);
      rows.end(out);
    }

    void other(String type) {
      begin(type, agent());
      if (line.get("success") instanceof Boolean success) {
        out.flag(Field.SUCCESS, success);
      }
      boolean confident =
          type.equals(EventTypes.TASK_ASSIGNED) || type.equals(EventTypes.EVALUATION);
      if (confident) {
        confidence(line.get("confidence"));
      }
      rest(confident ? CONFIDENT : COLUMNS);
      rows.end(out);
    }

    private @Nullable String agent() {
      return line.get("agent") instanceof String agent ? texts.name(agent) : null;
    }

    private void begin(String type, @Nullable String agent) {
      Category category = EventTypes.categoryOf(type);
      String own = count == 0 ? id : rows.file().keylessPart(id, count);
      count++;
      rows.begin(
          out,
          Mode.MERGE,
          own,
          type,
          category == null ? Category.EXECUTION : category,
          origin.by(agent));
      out.text(Field.TASK_ID, name(line.get("thread_ts")));
    }

    private void confidence(@Nullable Object percent) {
      if (percent instanceof Number number) {
        out.real(Field.CONFIDENCE_SCORE, Math.clamp(number.doubleValue() / 100, 0, 1));
      }
    }

    private void rest(Set<String> told) {
      line.forEach((key, value) -> {
        String name = String.valueOf(key);
        if (!told.contains(name) && value != null && texts.keepsContent()) {
          JsonWriter encoded = new JsonWriter().value(value);
          String clean = texts.name(name);
          rows.details().key(clean == null ? "" : clean);
          texts.value(rows.details(), encoded.bytes(), 0, encoded.length());
        }
      });
    }
  }

  /** Either {@code {agent: n}} or a list of {@code {agent, confidence}}. */
  private Map<String, Double> confidences(@Nullable Object evaluations) {
    Map<String, Double> all = new LinkedHashMap<>();
    if (evaluations instanceof Map<?, ?> map) {
      map.forEach((agent, confidence) -> put(all, agent, confidence));
    } else if (evaluations instanceof List<?> list) {
      for (Object entry : list) {
        if (entry instanceof Map<?, ?> map) {
          Object agent = map.get("agent") == null ? map.get("agent_name") : map.get("agent");
          put(all, agent, map.get("confidence"));
        }
      }
    }
    return all;
  }

  private void put(Map<String, Double> all, @Nullable Object agent, @Nullable Object confidence) {
    String name = name(agent);
    if (name != null && confidence instanceof Number number) {
      all.put(name, number.doubleValue());
    }
  }

  /** A name, also one that is a number: {@code 1705312200.1} is the text of its digits. */
  private @Nullable String name(@Nullable Object value) {
    return value == null
        ? null
        : texts.name(
            value instanceof Double number
                ? new BigDecimal(number.toString()).toPlainString()
                : value.toString());
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("event_type") instanceof String && Times.of(line) != Timestamps.NONE;
  }

  @Override
  public void flush(EventBatch out) {}

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
  }

  @Override
  public Set<String> sessions() {
    return Set.of();
  }
}
