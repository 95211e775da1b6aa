package dev.flightlog.formats.codex;

import dev.flightlog.event.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why calls failed, told before their outputs came; the oldest are given up when there are many.
 */
final class CodexFailures {
  private static final int MOST = 256;

  private final Map<String, String> byCall = new LinkedHashMap<>();

  void add(@Nullable String call, String why) {
    if (call != null) {
      if (byCall.size() >= MOST) {
        byCall.remove(byCall.keySet().iterator().next());
      }
      byCall.put(call, why);
    }
  }

  @Nullable String remove(String call) {
    return byCall.remove(call);
  }

  void save(JsonWriter state) {
    state.key("failed").value(byCall);
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("failed") instanceof Map<?, ?> map) {
      map.forEach((call, why) -> byCall.put(String.valueOf(call), String.valueOf(why)));
    }
  }
}
