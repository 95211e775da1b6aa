package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
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

  private final Rows rows;
  private final Texts texts;
  private final JsonWriter copy = new JsonWriter(1024);
  private final Map<String, Open> open = new LinkedHashMap<>();

  /** The tools of calls that were let go before their result came. */
  private final Map<String, String> sent = new LinkedHashMap<>();

  private static final class Open {
    private Where where;
    private final @Nullable String tool;
    private final byte @Nullable [] input;

    Open(Where where, @Nullable String tool, byte @Nullable [] input) {
      this.where = where;
      this.tool = tool;
      this.input = input;
    }
  }

  /** The result of a call: what it gave, or why it failed. */
  interface Result {
    /** Null when it is not known whether the call succeeded. */
    @Nullable Boolean success();

    ToolErrors.@Nullable Named error();

    /** Writes the value of {@code output}, if there is any. */
    boolean writeOutput(JsonWriter out);
  }

  ToolCalls(Rows rows, Texts texts) {
    this.rows = rows;
    this.texts = texts;
  }

  /** The tool of a call that waits for its result, or null. */
  @Nullable String toolOf(String id) {
    Open call = open.get(id);
    return call == null ? sent.get(id) : call.tool;
  }

  /** A call; its input is a JSON value in these bytes, or none when {@code from} is negative. */
  void call(
      String id,
      Where where,
      @Nullable String tool,
      byte[] bytes,
      int from,
      int to,
      EventBatch out) {
    Open before = open.get(id);
    if (before != null) {
      before.where = before.where.joined(where);
      return;
    }
    if (open.size() >= MOST_OPEN) {
      Iterator<Map.Entry<String, Open>> eldest = open.entrySet().iterator();
      send(eldest.next(), out);
      eldest.remove();
    }
    byte[] input = null;
    if (from >= 0 && texts.keepsContent()) {
      texts.value(copy.clear(), bytes, from, to);
      input = copy.toByteArray();
    }
    open.put(id, new Open(where, tool, input));
  }

  /** A call that can never be joined, because it has no id. */
  void callWithoutId(
      String eventId,
      Where where,
      @Nullable String tool,
      byte[] bytes,
      int from,
      int to,
      EventBatch out) {
    rows.beginWithId(out, Mode.MERGE, eventId, EventTypes.TOOL_CALL, Category.EXECUTION, where);
    rows.detail("tool", tool);
    if (from >= 0 && texts.keepsContent()) {
      rows.details.key("input");
      texts.value(rows.details, bytes, from, to);
    }
    rows.end(out);
  }

  /** A result. */
  void result(String id, Where where, Result result, EventBatch out) {
    Open call = open.remove(id);
    Where place = call == null ? where : call.where.time() <= where.time() ? call.where : where;
    rows.begin(
        out,
        call == null ? Mode.COMPLETE : Mode.MERGE,
        "tool_call:" + id,
        EventTypes.TOOL_CALL,
        place);
    String tool = call == null ? sent.remove(id) : call.tool;
    rows.detail("tool", tool);
    if (call != null) {
      rows.resultAt(out, call.where, where);
      input(call);
      if (where.time() >= call.where.time()) {
        out.integer(Field.DURATION_MS, (where.time() - call.where.time()) / 1000);
      }
    }
    if (texts.keepsContent()) {
      int before = rows.details.length();
      rows.details.key("output");
      if (!result.writeOutput(rows.details)) {
        rows.details.truncate(before);
      }
    }
    Boolean success = result.success();
    if (success != null) {
      out.flag(Field.SUCCESS, success);
    }
    ToolErrors.Named error = result.error();
    if (error != null) {
      rows.detail("error_type", error.type()).detail("message", error.message());
    }
    rows.detail(Merge.RESULT_AT, Timestamps.text(where.time()));
    rows.end(out);
    if (error != null && error.type().equals(EventTypes.REJECTED)) {
      rows.begin(out, Mode.MERGE, "tool_rejected:" + id, EventTypes.TOOL_REJECTED, where);
      rows.detail("tool", tool).end(out);
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
    rows.begin(out, Mode.MERGE, "tool_call:" + entry.getKey(), EventTypes.TOOL_CALL, call.where);
    rows.detail("tool", call.tool);
    input(call);
    rows.end(out);
    if (call.tool != null) {
      if (sent.size() >= MOST_OPEN) {
        sent.remove(sent.keySet().iterator().next());
      }
      sent.put(entry.getKey(), call.tool);
    }
  }

  private void input(Open call) {
    if (call.input != null) {
      rows.details.key("input").raw(call.input, 0, call.input.length);
    }
  }

  /** Writes the calls that were let go, for {@link #restore}. */
  void save(JsonWriter state) {
    if (!sent.isEmpty()) {
      state.key("open").value(sent);
    }
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("open") instanceof Map<?, ?> map) {
      map.forEach((id, tool) -> sent.put(String.valueOf(id), String.valueOf(tool)));
    }
  }
}
