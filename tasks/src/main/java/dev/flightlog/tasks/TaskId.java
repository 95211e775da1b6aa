package dev.flightlog.tasks;

import dev.flightlog.event.EventIds;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a task, and of its folder: {@code task-} and 4 to 64 letters, digits, or inner
 * hyphens, lower case. Nothing else ever becomes part of a path.
 *
 * @param value the whole of it
 */
public record TaskId(String value) {
  private static final Pattern FORM = Pattern.compile("task-[a-z0-9][a-z0-9-]{2,62}[a-z0-9]");

  /**
   * @throws IllegalArgumentException when the text is no task id
   */
  public TaskId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a task id is 'task-' and 4 to 64 lower-case letters, digits or hyphens");
    }
  }

  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** The task of this key, the same one whenever and wherever it is asked for. */
  public static TaskId ofKey(String key) {
    return new TaskId("task-" + EventIds.ofKey("task:" + key).toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return value;
  }
}
