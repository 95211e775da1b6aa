package dev.flightlog.store.search;

import dev.flightlog.event.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of events in which words can be looked for: a field of text, a detail with all below it,
 * or {@code file}, every detail whose key says that it holds a path.
 *
 * @param name as it is written before the colon
 * @param path of a field its name, of a detail {@code details.key}; null for files
 */
public record SearchField(String name, @Nullable String path) {
  private static final Map<String, String> SHORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("type", Field.EVENT_TYPE.wireName()),
              Map.entry("session", Field.SESSION_ID.wireName()),
              Map.entry("story", Field.STORY_ID.wireName()),
              Map.entry("workflow", Field.WORKFLOW_ID.wireName()),
              Map.entry("agent", Field.AGENT_NAME.wireName()),
              Map.entry("task", Field.TASK_ID.wireName()),
              Map.entry("run", Field.RUN_ID.wireName()),
              Map.entry("tool", "details.tool"),
              Map.entry("model", "details.model"),
              Map.entry("error", "details.error_type"),
              Map.entry("message", "details.message"),
              Map.entry("input", "details.input"),
              Map.entry("output", "details.output")));

  private static final String FILE = "file";

  private static final Set<String> FILE_KEYS =
      Set.of(
          "file",
          "files",
          "path",
          "paths",
          "file_path",
          "file_paths",
          "filepath",
          "filename",
          "file_name",
          "notebook_path",
          "absolute_path",
          "relative_path",
          "target_file");

  /** The field of this name; null when there is none. */
  static @Nullable SearchField named(String name) {
    if (name.equals(FILE)) {
      return new SearchField(name, null);
    } else if (SHORT.containsKey(name)) {
      return new SearchField(name, SHORT.get(name));
    } else if (name.startsWith("details.") && name.length() > "details.".length()) {
      return new SearchField(name, name);
    }
    for (Field field : EventTexts.FIELDS) {
      if (field.wireName().equals(name)) {
        return new SearchField(name, name);
      }
    }
    return null;
  }

  /** The names that {@link SearchQuery#parse} knows, besides {@code details.key}. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(SHORT.keySet());
    names.add(FILE);
    EventTexts.FIELDS.forEach(field -> names.add(field.wireName()));
    return List.copyOf(names);
  }

  /** True when the text at this path belongs to the field. */
  boolean covers(String textPath) {
    if (path == null) {
      String key = textPath.substring(textPath.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      return textPath.startsWith("details.") && FILE_KEYS.contains(key);
    }
    return textPath.startsWith(path)
        && (textPath.length() == path.length() || textPath.charAt(path.length()) == '.');
  }
}
