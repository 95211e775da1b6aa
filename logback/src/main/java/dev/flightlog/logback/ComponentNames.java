package dev.flightlog.logback;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which component a logger stands for: that of the longest configured name which the logger's is or
 * is below, else the last part of its own name. Safe for many threads once it is configured.
 */
final class ComponentNames {
  private static final int MOST_KNOWN = 10_000;

  private final Map<String, String> configured = new TreeMap<>();
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * Adds one as it stands in a configuration, {@code logger.name=component}.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String add(String text) {
    int equals = text.indexOf('=');
    String logger = equals < 0 ? "" : text.substring(0, equals).strip();
    String component = equals < 0 ? "" : text.substring(equals + 1).strip();
    if (logger.isEmpty() || component.isEmpty()) {
      return "a component is written logger.name=component, such as com.example.client=adapter,"
          + " not \""
          + text
          + "\"";
    }
    String before = configured.put(logger, component);
    return before == null || before.equals(component)
        ? null
        : logger + " is the component " + before + " already, and is " + component + " now";
  }

  String of(@Nullable String logger) {
    String name = logger == null ? "ROOT" : logger;
    String component = known.get(name);
    if (component == null) {
      component = find(name);
      if (known.size() < MOST_KNOWN) {
        known.put(name, component);
      }
    }
    return component;
  }

  private String find(String name) {
    int end = name.length();
    while (end > 0) {
      String component = configured.get(name.substring(0, end));
      if (component != null) {
        return component;
      }
      end = Math.max(name.lastIndexOf('.', end - 1), name.lastIndexOf('$', end - 1));
    }
    String last = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    return last.isEmpty() ? name.isEmpty() ? "ROOT" : name : last;
  }
}
