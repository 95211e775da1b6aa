package dev.flightlog.formats.claude;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Occurrence.ToolReturned;
import dev.flightlog.formats.occurrence.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a call ran, by what the transcript tells of the permission for it: the line on which
 * hooks decided has a time, and a result says who permitted the call. Not thread-safe.
 */
final class ClaudePermissions {
  private static final int MOST = 256;

  /** When it was decided about calls whose results have not come yet, in microseconds. */
  private final Map<String, Long> decided = new LinkedHashMap<>();

  /** A line that may tell of a decision. */
  void line(ClaudeLine line, Origin origin) {
    if (origin.timed() && line.attachmentType.is("hook_permission_decision")) {
      String call = line.attachmentCall.string();
      if (call != null) {
        if (decided.size() >= MOST) {
          decided.remove(decided.keySet().iterator().next());
        }
        decided.put(call, origin.time());
      }
    }
  }

  /** How long the call ran that has its result on this line; -1 where it cannot be told. */
  long runningMs(ClaudeLine line, String call, Origin result) {
    Long at = decided.isEmpty() ? null : decided.remove(call);
    if (!line.permission.isObject() || !result.timed()) {
      return at == null || !result.timed() ? -1 : Math.max(0, (result.time() - at) / 1000);
    }
    if (!line.permissionDecided.is("accept")) {
      return 0;
    }
    if (at != null) {
      return Math.max(0, (result.time() - at) / 1000);
    }
    return line.permissionSource.is("config") ? ToolReturned.ALL_THE_TIME : -1;
  }

  void save(JsonWriter state) {
    if (!decided.isEmpty()) {
      state.key("decided").value(decided);
    }
  }

  void restore(Map<String, @Nullable Object> state) {
    if (state.get("decided") instanceof Map<?, ?> map) {
      map.forEach((call, time) -> {
        if (time instanceof Number number) {
          decided.put(String.valueOf(call), number.longValue());
        }
      });
    }
  }
}
