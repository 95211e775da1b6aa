package dev.flightlog.formats.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.Occurrence.ToolCalled;
import dev.flightlog.formats.occurrence.Occurrence.ToolReturned;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.Texts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls whose results have not come yet. A call and its result become one row; when a
 * commit comes between them, the call goes first and the result follows as the later half of the
 * same event.
 *
 * <pre>
 *   call, result            → one row: MERGE
 *   call, flush, result     → MERGE (call), COMPLETE (result)
 *   result alone            → COMPLETE: waits in the store for a call from another file
 * </pre>
 */
final class ToolCalls {
  private static final int MOST_OPEN = 1024;

  private final RowBuilder rows;
  private final Texts texts;
  private final JsonWriter copy = new JsonWriter(1024);
  private final Map<String, Open> open = new LinkedHashMap<>();

  /** Calls that were let go before their result came. */
  private final Map<String, Sent> sent = new LinkedHashMap<>();

  /** What a result must know of its call; {@code limitMs} is its own limit of time, or -1. */
  private record Sent(@Nullable String tool, long time, boolean timed, long limitMs) {
    static Sent of(Open call) {
      return new Sent(
          call.tool,
          call.origin.time(),
          call.origin.timed(),
          Waiting.limitMs(call.tool, call.input));
    }

    String text() {
      return time + ":" + (timed ? 1 : 0) + ":" + limitMs + ":" + (tool == null ? "" : tool);
    }

    static Sent parse(String text) {
      String[] parts = text.split(":", 4);
      return parts.length == 4 && parts[0].matches("-?\\d{1,18}") && parts[2].matches("-?\\d{1,18}")
          ? new Sent(
              parts[3].isEmpty() ? null : parts[3],
              Long.parseLong(parts[0]),
              parts[1].equals("1"),
              Long.parseLong(parts[2]))
          : new Sent(text, 0, false, -1);
    }
  }

  private static final class Open {
    private Origin origin;
    private final @Nullable String tool;
    private final byte @Nullable [] input;

    Open(Origin origin, @Nullable String tool, byte @Nullable [] input) {
      this.origin = origin;
      this.tool = tool;
      this.input = input;
    }
  }

  ToolCalls(RowBuilder rows, Texts texts) {
    this.rows = rows;
    this.texts = texts;
  }

  void called(ToolCalled call, EventBatch out) {
    String id = call.id();
    if (id == null) {
      String own = String.valueOf(call.eventId());
      rows.beginWithId(out, Mode.MERGE, own, EventTypes.TOOL_CALL, call.origin());
      rows.detail("tool", call.tool()).content("input", call.input()).end(out);
      return;
    }
    Open before = open.get(id);
    if (before != null) {
      before.origin = before.origin.joined(call.origin());
      return;
    }
    if (open.size() >= MOST_OPEN) {
      Iterator<Map.Entry<String, Open>> eldest = open.entrySet().iterator();
      send(eldest.next(), out);
      eldest.remove();
    }
    byte[] input = null;
    Content given = call.input();
    if (!given.isEmpty() && texts.keepsContent()) {
      texts.value(copy.clear(), given.bytes(), given.from(), given.to());
      input = copy.toByteArray();
    }
    open.put(id, new Open(call.origin(), call.tool(), input));
  }

  void returned(ToolReturned result, EventBatch out) {
    String id = result.id();
    Origin at = result.origin();
    Open call = open.remove(id);
    Origin place = call == null || call.origin.time() > at.time() ? at : call.origin;
    Mode mode = call == null ? Mode.COMPLETE : Mode.MERGE;
    rows.begin(out, mode, "tool_call:" + id, EventTypes.TOOL_CALL, place);
    boolean running = result.outcome() instanceof Outcome.Running;
    Sent known = call == null ? (running ? sent.get(id) : sent.remove(id)) : Sent.of(call);
    String tool = known == null ? null : known.tool;
    rows.detail("tool", tool);
    if (call != null) {
      rows.resultAt(out, call.origin, at);
      input(call);
    }
    if (running && known != null) {
      remember(id, known);
    }
    boolean timed = at.timed() && (known == null || known.timed);
    boolean toldRunning = result.runningMs() >= 0 && result.runningMs() < ToolReturned.ALL_THE_TIME;
    if (!timed && toldRunning) {
      out.integer(Field.DURATION_MS, result.runningMs());
    } else if (timed && known != null && !running && at.time() >= known.time) {
      long duration = (at.time() - known.time) / 1000;
      out.integer(Field.DURATION_MS, duration);
      long waiting =
          result.waitedMs() >= 0
              ? Math.min(result.waitedMs(), duration)
              : Waiting.ms(tool, known.limitMs, result.outcome(), duration, result.runningMs());
      if (waiting >= 0) {
        rows.detail("waiting_ms", waiting);
      }
    }
    if (running) {
      rows.details().key(Merge.BACKGROUND).bool(true);
    } else if (toldRunning && result.measured()) {
      rows.detail(Merge.RUNNING_MS, result.runningMs());
    }
    if (!running && result.waitedMs() >= 0) {
      rows.detail(Merge.WAITED_MS, result.waitedMs());
    }
    rows.content("output", result.output());
    Boolean success = result.outcome().success();
    if (success != null) {
      out.flag(Field.SUCCESS, success);
    }
    ErrorClass error = result.outcome().error();
    rows.error(error);
    if (at.step() >= 0 && call != null && at.step() != call.origin.step()) {
      rows.detail("result_step", at.step());
    }
    if (timed && !running) {
      rows.detail(Merge.RESULT_AT, Timestamps.text(at.time()));
    }
    rows.end(out);
    if (result.outcome() instanceof Outcome.Refused refused) {
      rows.begin(out, Mode.MERGE, "tool_rejected:" + id, EventTypes.TOOL_REJECTED, at);
      rows.detail("tool", tool).content("text", Content.text(refused.words())).end(out);
    }
  }

  void flush(EventBatch out) {
    for (Map.Entry<String, Open> call : open.entrySet()) {
      send(call, out);
    }
    open.clear();
  }

  private void send(Map.Entry<String, Open> entry, EventBatch out) {
    Open call = entry.getValue();
    rows.begin(out, Mode.MERGE, "tool_call:" + entry.getKey(), EventTypes.TOOL_CALL, call.origin);
    rows.detail("tool", call.tool);
    input(call);
    rows.end(out);
    remember(entry.getKey(), Sent.of(call));
  }

  private void remember(String id, Sent call) {
    if (sent.size() >= MOST_OPEN) {
      sent.remove(sent.keySet().iterator().next());
    }
    sent.put(id, call);
  }

  private void input(Open call) {
    if (call.input != null) {
      rows.details().key("input").raw(call.input, 0, call.input.length);
    }
  }

  /** Writes the calls that were let go, for {@link #restore}. */
  void save(JsonWriter state) {
    if (!sent.isEmpty()) {
      state.key("open").beginObject();
      sent.forEach((id, call) -> state.key(id).string(call.text()));
      state.endObject();
    }
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("open") instanceof Map<?, ?> map) {
      map.forEach((id, call) -> sent.put(String.valueOf(id), Sent.parse(String.valueOf(call))));
    }
  }
}
