package dev.flightlog.formats.hooks;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.JsonDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Calls that have begun, and the questions to a person that are open. A request for permission does
 * not name its call: it is about the one that began last with the same tool and input. Not
 * thread-safe.
 */
final class AskedAbout {
  private static final int MOST = 512;

  /** By session, agent, tool and input: the call that began last. */
  private final Map<String, String> begun = new LinkedHashMap<>();

  /** Open questions by their key: when it was asked, and who. */
  private final Map<String, String> open = new LinkedHashMap<>();

  /** A call began. */
  void began(String who, @Nullable String tool, @Nullable Object input, String call) {
    put(begun, about(who, tool, input), call);
  }

  /** The key of the question whether this may be done. */
  String permission(String who, @Nullable String tool, @Nullable Object input) {
    String about = about(who, tool, input);
    String call = begun.get(about);
    return "asked:" + (call == null ? about : call);
  }

  /** A question is open from now on. */
  void asked(String key, String who, long micros) {
    put(open, key, micros + " " + who);
  }

  /** Closes the question, and answers when it was asked; -1 when it was not open. */
  long answered(String key) {
    String asked = open.remove(key);
    return asked == null ? -1 : Long.parseLong(asked.substring(0, asked.indexOf(' ')));
  }

  /** The call has ended. */
  void ended(String call) {
    begun.values().remove(call);
  }

  /** Closes all questions of an agent, and answers their keys. */
  List<String> closed(String who) {
    List<String> keys = new ArrayList<>();
    for (Iterator<Map.Entry<String, String>> i = open.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, String> each = i.next();
      if (each.getValue().endsWith(" " + who)) {
        keys.add(each.getKey());
        i.remove();
      }
    }
    return keys;
  }

  /** The sessions in which a question is open. */
  Set<String> sessions() {
    Set<String> sessions = new TreeSet<>();
    for (String asked : open.values()) {
      sessions.add(asked.substring(asked.indexOf(' ') + 1).split("[/#]", 2)[0]);
    }
    return sessions;
  }

  private static String about(String who, @Nullable String tool, @Nullable Object input) {
    String text = new JsonWriter().value(input).toString();
    return EventIds.ofKey(who + "|" + tool + "|" + text);
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (map.put(key, value) == null && map.size() > MOST) {
      map.remove(map.keySet().iterator().next());
    }
  }

  void save(JsonWriter state) {
    state.key("begun").value(begun).key("asked").value(open);
  }

  void restore(Map<String, @Nullable Object> state) {
    begun.clear();
    open.clear();
    JsonDocument.map(state.get("begun"))
        .forEach((key, call) -> begun.put(String.valueOf(key), String.valueOf(call)));
    JsonDocument.map(state.get("asked"))
        .forEach((key, asked) -> {
          if (String.valueOf(asked).matches("\\d{1,18} .+")) {
            open.put(String.valueOf(key), String.valueOf(asked));
          }
        });
  }
}
