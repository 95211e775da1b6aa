package dev.flightlog.formats.pi;

import static dev.flightlog.formats.reading.JsonDocument.text;

import dev.flightlog.event.json.JsonWriter;
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
import dev.flightlog.formats.reading.SessionLines;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads sessions of Pi, OpenClaw and omp, which are one format: a line an entry, an entry names the
 * one before it. A session that was branched off repeats the entries before the branch with their
 * ids and times, which are therefore their keys. The cost of a response stands in its usage.
 */
public final class PiReader implements OccurrenceReader {
  /** Members of its lines. */
  private static final String KNOWN =
      """
          branchedFrom content customType cwd data details display firstKeptEntryIndex
          firstKeptEntryId id message modelId parentId parentSession provider summary
          thinkingLevel timestamp tokensBefore type version targetId label fromId
          fromHook name timestampMs
      """;

  private final Texts texts;
  private final SessionLines lines;

  /** Reads a file of this context. */
  public PiReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "pi").knows(KNOWN);
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    String type = String.valueOf(line.get("type"));
    if (type.equals("session")) {
      lines.session(text(line, "id"), text(line, "cwd"), null);
    }
    Origin origin = lines.origin(line.get("timestamp"), offset, to - from, out);
    String key = line.get("id") + ":" + line.get("timestamp");
    switch (type) {
      case "message" -> {
        return message(JsonDocument.map(line.get("message")), "pi:" + key, origin, out);
      }
      case "compaction", "branch_summary" -> {
        Object tokens = line.get("tokensBefore");
        Long before = tokens instanceof Number number ? (Long) number.longValue() : null;
        if (type.equals("compaction")) {
          out.take(new Occurrence.Compacted(origin, "compaction:pi:" + key, null, before));
        }
      }
      case "session",
          "model_change",
          "thinking_level_change",
          "custom",
          "custom_message",
          "label",
          "session_info" -> {}
      default -> {
        return Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private Reading message(Map<?, ?> message, String key, Origin origin, Occurrence.Sink out) {
    String role = String.valueOf(message.get("role"));
    String text = JsonDocument.plain(message.get("content"));
    switch (role) {
      case "user" -> {
        if (!text.isBlank()) {
          out.take(new Occurrence.Prompted(origin, "prompt:" + key, Content.text(text), null));
        }
      }
      case "assistant" -> assistant(message, key, text, origin, out);
      case "toolResult" -> {
        boolean failed = Boolean.TRUE.equals(message.get("isError"));
        String head = texts.clean(text, ErrorClasses.LOOKED_AT);
        Outcome outcome =
            failed ? ErrorClasses.outcome(ErrorClasses.name(head), null) : Outcome.WORKED;
        String id = String.valueOf(message.get("toolCallId"));
        out.take(new Occurrence.ToolReturned(origin, id, outcome, Content.text(text), -1));
      }
      case "bashExecution", "custom", "branchSummary", "compactionSummary", "hookMessage" -> {}
      default -> {
        return Reading.unknown("message " + role);
      }
    }
    return Reading.KNOWN;
  }

  private void assistant(
      Map<?, ?> message, String key, String text, Origin origin, Occurrence.Sink out) {
    Map<?, ?> used = JsonDocument.map(message.get("usage"));
    Usage usage =
        Usage.of(
            JsonDocument.integer(used, "input"),
            JsonDocument.integer(used, "output"),
            JsonDocument.integer(used, "cacheRead"),
            JsonDocument.integer(used, "cacheWrite"));
    if (usage.total() > 0) {
      Object total = JsonDocument.map(used.get("cost")).get("total");
      double cost = total instanceof Number usd ? usd.doubleValue() : Double.NaN;
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              "model_call:" + key,
              texts.name(text(message, "model")),
              usage,
              cost,
              texts.name(text(message, "stopReason")),
              0));
    }
    if (!text.isBlank()) {
      out.take(new Occurrence.Said(origin, "said:" + key, Content.text(text)));
    }
    if (message.get("content") instanceof List<?> blocks) {
      for (Object each : blocks) {
        Map<?, ?> block = JsonDocument.map(each);
        if ("toolCall".equals(block.get("type"))) {
          Content input = Content.value(block.get("arguments"));
          String id = String.valueOf(block.get("id"));
          String tool = texts.name(text(block, "name"));
          out.take(new Occurrence.ToolCalled(origin, id, tool, input));
        }
      }
    }
    String stop = text(message, "stopReason");
    if ("aborted".equals(stop)) {
      out.take(new Occurrence.Interrupted(origin, "interrupt:" + key));
    } else if ("error".equals(stop)) {
      String words = String.valueOf(texts.name(text(message, "errorMessage")));
      out.take(
          new Occurrence.ErrorMet(
              origin, "error:" + key, new ErrorClass(ErrorClass.UNKNOWN, words), null));
    }
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("type") instanceof String && line.get("timestamp") instanceof String;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
  }
}
