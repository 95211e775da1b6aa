package dev.flightlog.dashboard.pages;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one session, the oldest first, and what pages work out from them. Immutable.
 *
 * @param all at least one
 * @param cut true when there are older ones, too
 */
public record SessionEvents(String id, List<Event> all, boolean cut) {

  public SessionEvents {
    all = List.copyOf(all);
  }

  /** Which kinds of events of a session are shown. */
  public enum Show {
    ALL("all"),
    TALK("prompts and answers"),
    TOOLS("tools"),
    ERRORS("errors"),
    MODELS("model calls");

    private final String words;

    Show(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }

    /** As it stands in the address. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The one of this word; all when there is none. */
    public static Show of(@Nullable String word) {
      for (Show show : values()) {
        if (show.word().equals(word)) {
          return show;
        }
      }
      return ALL;
    }

    boolean takes(Event event) {
      return switch (this) {
        case ALL -> true;
        case TALK ->
            event.eventType().equals(EventTypes.USER_PROMPT)
                || event.eventType().equals("agent_message")
                || event.eventType().equals(EventTypes.USER_INTERRUPT)
                || event.eventType().equals(EventTypes.HUMAN_CLARIFICATION_NEEDED);
        case TOOLS -> event.eventType().equals(EventTypes.TOOL_CALL);
        case ERRORS -> failed(event);
        case MODELS -> event.eventType().equals(EventTypes.MODEL_CALL);
      };
    }
  }

  /** One request to a model: what was in its context. */
  record Request(
      Event event, String agent, long fresh, long read, long written, @Nullable Double percent) {
    long size() {
      return fresh + read + written;
    }
  }

  /** How often a file was read and changed. */
  record FileUse(String path, long reads, long changes, long failed) {}

  /** Whether it is an error, or a call that did not succeed. */
  public static boolean failed(Event event) {
    return Events.ERRORS.matches(event) || Boolean.FALSE.equals(event.flag(Field.SUCCESS));
  }

  Event first() {
    return all.getFirst();
  }

  Event last() {
    return all.getLast();
  }

  List<Event> shown(Show show) {
    return all.stream().filter(show::takes).toList();
  }

  /** The agent by which most events are: what subagents stand apart from. */
  String mainAgent() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Event event : all) {
      String agent = event.text(Field.AGENT_NAME);
      if (agent != null) {
        counts.merge(agent, 1, Integer::sum);
      }
    }
    if (counts.containsKey("main")) {
      return "main";
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** The requests whose size is known. */
  List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    for (Event event : all) {
      if (event.eventType().equals(EventTypes.MODEL_CALL)) {
        String agent = event.text(Field.AGENT_NAME);
        Request request =
            new Request(
                event,
                agent == null ? "" : agent,
                number(event, "input_tokens"),
                number(event, "cache_read_tokens"),
                number(event, "cache_write_tokens"),
                event.real(Field.CONTEXT_PERCENT));
        if (request.size() > 0) {
          requests.add(request);
        }
      }
    }
    return requests;
  }

  long compactions() {
    return all.stream().filter(e -> e.eventType().equals(EventTypes.CONTEXT_COMPACTED)).count();
  }

  /** The files that tool calls named, those that were changed first. */
  List<FileUse> files() {
    Map<String, long[]> counts = new LinkedHashMap<>();
    for (Event event : all) {
      if (event.eventType().equals(EventTypes.TOOL_CALL)
          && event.details().get("input") instanceof Map<?, ?> input) {
        Object path = input.get("file_path") == null ? input.get("path") : input.get("file_path");
        if (path instanceof String file) {
          long[] count = counts.computeIfAbsent(file, key -> new long[3]);
          count[changes(event.detail("tool")) ? 1 : 0]++;
          count[2] += failed(event) ? 1 : 0;
        }
      }
    }
    List<FileUse> files = new ArrayList<>();
    counts.forEach((path, count) -> files.add(new FileUse(path, count[0], count[1], count[2])));
    files.sort((a, b) ->
        a.changes() != b.changes()
            ? Long.compare(b.changes(), a.changes())
            : Long.compare(b.reads(), a.reads()));
    return files;
  }

  private static boolean changes(@Nullable String tool) {
    return tool != null
        && switch (tool) {
          case "Edit", "MultiEdit", "Write", "NotebookEdit", "apply_patch" -> true;
          default -> false;
        };
  }

  private static long number(Event event, String key) {
    Number number = event.detailNumber(key);
    return number == null ? 0 : number.longValue();
  }
}
