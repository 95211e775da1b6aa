package dev.flightlog.store.search;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of an event in which words are looked for, each with its path: the fields of {@link
 * #FIELDS}, and every text in the details, however deep. Keys, numbers and times are none.
 */
public final class EventTexts {
  /** The fields that hold text for people. */
  public static final List<Field> FIELDS =
      List.of(
          Field.EVENT_TYPE,
          Field.CATEGORY,
          Field.PROJECT,
          Field.SESSION_ID,
          Field.STORY_ID,
          Field.WORKFLOW_ID,
          Field.AGENT_NAME,
          Field.TASK_ID,
          Field.RUN_ID,
          Field.COMPONENT);

  private EventTexts() {}

  /** What is done with a text. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a text.
     *
     * @param path {@code agent_name}, {@code details.input.file_path}; elements of a list have the
     *     path of the list
     */
    void text(String path, String text);
  }

  /** Tells all texts of an event, in a fixed order. */
  public static void visit(Event event, Visitor visitor) {
    for (Field field : FIELDS) {
      String text = event.text(field);
      if (text != null) {
        visitor.text(field.wireName(), text);
      }
    }
    visit("details", event.details(), visitor);
  }

  private static void visit(String path, @Nullable Object value, Visitor visitor) {
    if (value instanceof String text) {
      visitor.text(path, text);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> visit(path + "." + key, inner, visitor));
    } else if (value instanceof List<?> list) {
      list.forEach(inner -> visit(path, inner, visitor));
    }
  }
}
