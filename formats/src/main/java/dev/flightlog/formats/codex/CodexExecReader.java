package dev.flightlog.formats.codex;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.usage.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code codex exec --json} prints: {@code thread.started}, {@code turn.*}, {@code
 * item.*}, {@code error}. The usage of a turn counts cached input as input; here it is taken out.
 * Times, the model and the cost are not told.
 */
public final class CodexExecReader implements OccurrenceReader {
  private final JsonReader json = new JsonReader();
  private final FileContext file;
  private final Texts texts;
  private final @Nullable String story;
  private long lastTime;
  private @Nullable String thread;
  private int turns;
  private boolean failed;
  private Attribution of;

  /** Reads a file of this context. */
  public CodexExecReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    texts = settings.texts();
    story = settings.stories().of(null, null);
    of = Attribution.of(null, story, null, Attribution.MAIN);
    lastTime = file.fallbackTime();
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = JsonDocument.object(json, bytes, from, to);
    long written = Times.of(line);
    long told = written == Timestamps.NONE ? file.now() : written;
    lastTime = told == Timestamps.NONE ? lastTime : told;
    String type = String.valueOf(line.get("type"));
    if (type.equals("thread.started")) {
      thread = line.get("thread_id") instanceof String id ? texts.name(id) : null;
      of = Attribution.of(thread, story, null, Attribution.MAIN);
    }
    Origin origin = new Origin(lastTime, told != Timestamps.NONE, of, offset, to - from);
    if (thread != null) {
      out.take(new Occurrence.SessionMet(origin, CodexReader.CLIENT));
    }
    switch (type) {
      case "thread.started", "session.created" -> out.take(new Occurrence.Notice(origin, type));
      case "turn.started" -> {
        turns++;
        failed = false;
      }
      case "turn.completed" -> completed(JsonDocument.map(line.get("usage")), origin, out);
      case "turn.failed" -> failed(JsonDocument.map(line.get("error")).get("message"), origin, out);
      case "error" -> failed(line.get("message"), origin, out);
      case "item.started", "item.updated" ->
          item(JsonDocument.map(line.get("item")), false, origin, out);
      case "item.completed" -> {
        return item(JsonDocument.map(line.get("item")), true, origin, out);
      }
      default -> {
        return Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private void completed(Map<?, ?> used, Origin origin, Occurrence.Sink out) {
    Usage usage =
        Usage.ofInclusive(
            JsonDocument.integer(used, "input_tokens"),
            JsonDocument.integer(used, "output_tokens"),
            JsonDocument.integer(used, "cached_input_tokens"),
            JsonDocument.integer(used, "cache_write_input_tokens"));
    if (usage.total() > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              origin, "model_call:" + thread + ":turn " + turns, null, usage, Double.NaN, null, 0));
    }
    ended(origin, null, out);
  }

  private void failed(@Nullable Object message, Origin origin, Occurrence.Sink out) {
    if (failed) {
      return;
    }
    failed = true;
    String text = message instanceof String words ? texts.name(words) : null;
    String words = text == null ? "the turn failed" : text;
    ErrorClass error =
        new ErrorClass(ApiErrors.type(null, ApiErrors.status(words)), ApiErrors.message(words));
    out.take(new Occurrence.ErrorMet(origin, "error:" + thread + ":turn " + turns, error, null));
    ended(origin, error, out);
  }

  private void ended(Origin origin, @Nullable ErrorClass error, Occurrence.Sink out) {
    out.take(
        new Occurrence.AgentEnded(
            origin,
            "result:" + thread + ":turn " + turns,
            error == null,
            -1,
            error,
            Content.NONE,
            Map.of()));
  }

  private Reading item(Map<?, ?> item, boolean done, Origin origin, Occurrence.Sink out) {
    String id = thread + ":" + item.get("id");
    String type =
        String.valueOf(item.get("type") == null ? item.get("item_type") : item.get("type"));
    switch (type) {
      case "agent_message", "assistant_message" -> {
        if (done && item.get("text") instanceof String text) {
          out.take(new Occurrence.Said(origin, "said:" + id, Content.text(text)));
        }
      }
      case "reasoning", "plan" -> {
        if (done && item.get("text") instanceof String text) {
          out.take(new Occurrence.Thought(origin, Content.text(text)));
        }
      }
      case "error" -> {
        if (done && item.get("message") instanceof String text) {
          String words = texts.name(text);
          ErrorClass error = new ErrorClass(ErrorClass.UNKNOWN, ApiErrors.message(words));
          out.take(new Occurrence.ErrorMet(origin, "error:" + id, error, null));
        }
      }
      case "command_execution" ->
          tool(
              id,
              "shell",
              item.get("command"),
              item,
              item.get("aggregated_output"),
              done,
              origin,
              out);
      case "mcp_tool_call" -> {
        Object output = item.get("error") == null ? item.get("result") : item.get("error");
        String tool = "mcp__" + item.get("server") + "__" + item.get("tool");
        tool(id, tool, item.get("arguments"), item, output, done, origin, out);
      }
      case "file_change" ->
          tool(id, "apply_patch", item.get("changes"), item, null, done, origin, out);
      case "web_search" -> tool(id, "web_search", item.get("query"), item, null, done, origin, out);
      case "todo_list", "collab_tool_call" -> {}
      default -> {
        return Reading.unknown("item " + type);
      }
    }
    return Reading.KNOWN;
  }

  private void tool(
      String id,
      String tool,
      @Nullable Object input,
      Map<?, ?> item,
      @Nullable Object output,
      boolean done,
      Origin origin,
      Occurrence.Sink out) {
    out.take(new Occurrence.ToolCalled(origin, id, texts.name(tool), Content.value(input)));
    if (done) {
      String text = output == null ? null : JsonDocument.words(output);
      out.take(
          new Occurrence.ToolReturned(
              origin, id, outcome(item, text == null ? "" : text), Content.text(text), -1));
    }
  }

  private Outcome outcome(Map<?, ?> item, String output) {
    String status = String.valueOf(item.get("status"));
    String code = item.get("exit_code") instanceof Number number ? number.toString() : null;
    boolean exited = code != null && !code.equals("0");
    if (!exited && !status.equals("failed") && !status.equals("declined")) {
      return Outcome.WORKED;
    }
    String head = texts.clean(output, ErrorClasses.LOOKED_AT);
    if (status.equals("declined")) {
      return new Outcome.Refused(
          new ErrorClass("rejected", ErrorClasses.name(head).message()), null);
    }
    return ErrorClasses.outcome(
        ErrorClasses.name(exited ? "Exit code " + code + "\n" + head : head), null);
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    String type = String.valueOf(JsonDocument.object(json, bytes, from, to).get("type"));
    return type.startsWith("thread.") || type.startsWith("turn.") || type.startsWith("item.");
  }

  @Override
  public void save(JsonWriter state) {
    state.key("time").number(lastTime).key("session").value(thread).key("turns").number(turns);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
    thread = (String) state.get("session");
    turns = state.get("turns") instanceof Number number ? number.intValue() : 0;
    of = Attribution.of(thread, story, null, Attribution.MAIN);
  }
}
