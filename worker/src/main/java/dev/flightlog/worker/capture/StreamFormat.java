package dev.flightlog.worker.capture;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Understands one format of JSON lines. For one run, on one thread. */
interface StreamFormat {
  AgentReport.Format format();

  /** True when this line can only be of this format. */
  boolean recognises(Map<?, ?> line);

  /**
   * @param raw the line as it came, redacted
   */
  void read(Map<?, ?> line, String raw, Told told);

  /** No more lines come. */
  void end(Told told);

  static @Nullable String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : null;
  }

  static Map<?, ?> object(Map<?, ?> map, String key) {
    return map.get(key) instanceof Map<?, ?> object ? object : Map.of();
  }

  static long number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
