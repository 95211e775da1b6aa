package dev.flightlog.formats.hooks;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.reading.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What must be remembered from one hook to the next. Bounded; not thread-safe. */
final class HookState {
  private static final int MOST = 512;

  final AskedAbout asked = new AskedAbout();

  /** The folder in which a session began. */
  private final Map<String, String> folders = new LinkedHashMap<>();

  /** Calls that started an agent: its type. */
  private final Map<String, String> starting = new LinkedHashMap<>();

  /** Agents that run in the background, by their id: the call that started them. */
  private final Map<String, String> background = new LinkedHashMap<>();

  /** Calls whose end a hook has told. */
  private final Map<String, String> ended = new LinkedHashMap<>();

  @Nullable String folder(@Nullable String session, @Nullable String now) {
    if (session == null || now == null) {
      return now;
    }
    String began = folders.get(session);
    if (began == null) {
      put(folders, session, now);
    }
    return began == null ? now : began;
  }

  void starts(String call, String agentType) {
    put(starting, call, agentType);
  }

  /** The type of the agent that this call started, or null. */
  @Nullable String started(String call) {
    return starting.get(call);
  }

  void inBackground(String agentId, String call) {
    put(background, agentId, call);
  }

  /** The call that started an agent which ran in the background; null for others. */
  @Nullable String callOf(String agentId) {
    return background.remove(agentId);
  }

  void ended(String call) {
    put(ended, call, "");
    asked.ended(call);
  }

  boolean hasEnded(String call) {
    return ended.containsKey(call);
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (map.put(key, value) == null && map.size() > MOST) {
      map.remove(map.keySet().iterator().next());
    }
  }

  void save(JsonWriter state) {
    asked.save(state);
    state.key("folders").value(folders).key("starting").value(starting);
    state.key("background").value(background).key("ended").value(ended);
  }

  void restore(Map<String, @Nullable Object> state) {
    asked.restore(state);
    restore(folders, state.get("folders"));
    restore(starting, state.get("starting"));
    restore(background, state.get("background"));
    restore(ended, state.get("ended"));
  }

  private static void restore(Map<String, String> map, @Nullable Object from) {
    map.clear();
    JsonDocument.map(from)
        .forEach((key, value) -> map.put(String.valueOf(key), String.valueOf(value)));
  }
}
