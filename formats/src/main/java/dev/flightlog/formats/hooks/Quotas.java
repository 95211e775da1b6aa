package dev.flightlog.formats.hooks;

import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.reading.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The quotas of Claude's plans, which only its status line is told. Stateless. */
final class Quotas {
  private Quotas() {}

  static void told(HookEvent event, Occurrence.Sink out) {
    Map<?, ?> limits = JsonDocument.map(event.fields().get("rate_limits"));
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("limit_id", "claude");
    window(limits, "five_hour", 300, "primary", details);
    window(limits, "seven_day", 10_080, "secondary", details);
    if (details.size() > 1) {
      String key =
          "rate_limits:claude:" + event.origin().of().session() + ":" + event.origin().time();
      out.take(new Occurrence.QuotaTold(event.origin(), key, details));
    }
  }

  private static void window(
      Map<?, ?> limits,
      String name,
      long minutes,
      String as,
      Map<String, @Nullable Object> details) {
    Map<?, ?> told = JsonDocument.map(limits.get(name));
    if (told.get("used_percentage") instanceof Number used) {
      Map<String, Object> window = new LinkedHashMap<>();
      window.put("used_percent", used);
      window.put("window_minutes", minutes);
      if (told.get("resets_at") instanceof Number at) {
        window.put("resets_at", at);
      }
      details.put(as, window);
    }
  }
}
