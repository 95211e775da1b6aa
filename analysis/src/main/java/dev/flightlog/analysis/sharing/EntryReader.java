package dev.flightlog.analysis.sharing;

import dev.flightlog.analysis.sharing.Entry.Kind;
import dev.flightlog.analysis.sharing.Entry.Passage;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes entries of events, redacting every text; counts how often that changed one. */
final class EntryReader {
  /** They are told in the figures of the session. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          EventTypes.MODEL_CALL,
          EventTypes.RULE_EXPOSURE,
          EventTypes.RECORDER_GAP,
          "rate_limits",
          "turn_duration");

  private static final int LONGEST_TITLE = 160;

  private final Redactor redactor;
  private long redacted;

  EntryReader(Redactor redactor) {
    this.redactor = redactor;
  }

  /** How many texts were changed by redaction, now: what was redacted before does not count. */
  long redacted() {
    return redacted;
  }

  /**
   * An event as people read it.
   *
   * @param leader the agent that leads the session; null when it has no name
   * @return null for one that is told elsewhere
   */
  @Nullable Entry entry(Event event, @Nullable String leader) {
    String type = event.eventType();
    if (LEFT_OUT.contains(type)) {
      return null;
    }
    String name = event.text(Field.AGENT_NAME);
    String agent = name == null || name.equals(leader) ? "" : line(name, 80);
    List<Passage> passages = new ArrayList<>();
    return switch (type) {
      case EventTypes.USER_PROMPT -> {
        add(passages, "", event.details().get("text"));
        add(passages, "", event.details().get("prompt"));
        String command = event.detail("command");
        String title = command == null ? "You" : "You: " + line(command, LONGEST_TITLE);
        yield new Entry(Kind.PERSON, event.micros(), agent, title, passages);
      }
      case "agent_message" -> {
        add(passages, "", event.details().get("text"));
        yield new Entry(Kind.AGENT, event.micros(), agent, "Agent", passages);
      }
      case EventTypes.TOOL_CALL -> tool(event, agent);
      case EventTypes.TOOL_REJECTED,
          EventTypes.USER_INTERRUPT,
          EventTypes.HUMAN_CLARIFICATION_NEEDED -> {
        add(passages, "", event.details().get("text"));
        add(passages, "reason", event.details().get("reason"));
        String tool = event.detail("tool");
        String title = words(type) + (tool == null ? "" : ": " + line(tool, 80));
        yield new Entry(Kind.PERSON, event.micros(), agent, title, passages);
      }
      default -> {
        boolean failed =
            Boolean.FALSE.equals(event.flag(Field.SUCCESS)) || type.equals(EventTypes.ERROR);
        add(passages, "", event.details());
        yield new Entry(
            failed ? Kind.FAILED : Kind.OTHER, event.micros(), agent, words(type), passages);
      }
    };
  }

  private Entry tool(Event event, String agent) {
    List<Passage> passages = new ArrayList<>();
    Map<String, @Nullable Object> details = event.details();
    add(passages, "input", details.get("input"));
    add(passages, "output", details.get("output"));
    Boolean success = event.flag(Field.SUCCESS);
    boolean failed = Boolean.FALSE.equals(success);
    if (failed) {
      add(passages, "error", details.get("message"));
      add(passages, "stack", details.get("stack"));
    }
    String tool = event.detail("tool");
    StringBuilder title = new StringBuilder(tool == null ? "a tool" : line(tool, 80));
    String error = event.detail("error_type");
    if (failed) {
      title.append(" failed").append(error == null ? "" : ": " + line(error, 80));
    } else if (success == null) {
      title.append(", result unknown");
    }
    Long millis = event.integer(Field.DURATION_MS);
    Number waiting = event.detailNumber("waiting_ms");
    if (millis != null) {
      title.append(", ").append(Units.duration(millis));
      if (waiting != null && waiting.longValue() > 0) {
        title
            .append(" (")
            .append(Units.duration(waiting.doubleValue()))
            .append(" waiting for you)");
      }
    }
    Kind kind = failed ? Kind.FAILED : Kind.TOOL;
    return new Entry(kind, event.micros(), agent, title.toString(), passages);
  }

  private void add(List<Passage> passages, String label, @Nullable Object value) {
    String text = text(value);
    if (!text.isBlank() && passages.stream().noneMatch(each -> each.text().equals(text))) {
      passages.add(new Passage(label, text));
    }
  }

  private String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Map<?, ?> map
        && map.size() == 1
        && map.values().iterator().next() instanceof String only) {
      return clean(map.keySet().iterator().next() + ": " + only);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> lines = new LinkedHashMap<>();
      map.forEach((key, inner) -> lines.put(String.valueOf(key), inner));
      StringBuilder text = new StringBuilder();
      lines.forEach((key, inner) ->
          text.append(key)
              .append(": ")
              .append(inner instanceof String plain ? plain : new JsonWriter().value(inner))
              .append('\n'));
      return clean(text.toString());
    }
    return clean(value instanceof String plain ? plain : new JsonWriter().value(value).toString());
  }

  private String clean(String text) {
    String safe = redactor.redact(text);
    redacted += safe.equals(text) ? 0 : 1;
    return SafeText.multiline(safe.strip());
  }

  /** A short text of a log on one line. */
  String line(String text, int characters) {
    String safe = redactor.redact(text);
    redacted += safe.equals(text) ? 0 : 1;
    return SafeText.shortened(SafeText.sentence(safe), characters);
  }

  private String words(String type) {
    return line(type.replace('_', ' '), 80);
  }
}
