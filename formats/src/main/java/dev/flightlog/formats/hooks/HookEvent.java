package dev.flightlog.formats.hooks;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one hook was told.
 *
 * @param id the same whenever the same is told again
 * @param who the session, and its agent where it is not the main one
 */
record HookEvent(String name, Map<?, ?> fields, Origin origin, String id, String who) {
  /** What every hook is told, and the attribution holds already. */
  private static final Set<String> COMMON =
      Set.of(
          "session_id",
          "sessionId",
          "transcript_path",
          "transcriptPath",
          "hook_event_name",
          "hookEventName",
          "cwd",
          "permission_mode",
          "effort",
          "timestamp");

  @Nullable String text(String key) {
    return fields.get(key) instanceof String text && !text.isEmpty() ? text : null;
  }

  /** A number of milliseconds, or -1. */
  long millis(String key) {
    return fields.get(key) instanceof Number number && number.longValue() >= 0
        ? number.longValue()
        : -1;
  }

  Content content(String key) {
    return Content.value(fields.get(key));
  }

  /** An event of the hook's own name, with everything that only this hook is told. */
  Occurrence.Noted noted() {
    return noted(EventTypes.wellFormed(name));
  }

  Occurrence.Noted noted(String type) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    fields.forEach((key, value) -> {
      if (!COMMON.contains(String.valueOf(key)) && value != null) {
        details.put(String.valueOf(key), value);
      }
    });
    Category fixed = EventTypes.categoryOf(type);
    return new Occurrence.Noted(
        origin,
        "hook:" + id,
        type,
        fixed == null ? category() : fixed,
        millis("duration_ms"),
        null,
        details);
  }

  private Category category() {
    return switch (name) {
      case "Notification", "Elicitation", "ElicitationResult", "Interrupt" -> Category.INTERACTION;
      case "PreCompact", "PostCompact", "PreCompress" -> Category.PERFORMANCE;
      default -> Category.EXECUTION;
    };
  }
}
