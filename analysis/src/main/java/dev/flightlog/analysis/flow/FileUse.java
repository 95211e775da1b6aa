package dev.flightlog.analysis.flow;

import dev.flightlog.event.Event;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which file a tool call is about. */
final class FileUse {
  /** Tools that change the file they name. */
  private static final Set<String> CHANGING =
      Set.of("Edit", "MultiEdit", "Write", "NotebookEdit", "apply_patch");

  private static final String[] KEYS = {"file_path", "path", "notebook_path"};

  private FileUse() {}

  /** The file that a tool call names in its input; null when it names none. */
  static @Nullable String of(Event call) {
    if (call.details().get("input") instanceof Map<?, ?> input) {
      for (String key : KEYS) {
        if (input.get(key) instanceof String file && !file.isBlank()) {
          return file;
        }
      }
    }
    return null;
  }

  /** True when a tool of this name changes the file it names. */
  static boolean changes(@Nullable String tool) {
    return tool != null && CHANGING.contains(tool);
  }
}
