package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an archive. A line of a journal stands as it stood; a row of the index is written in
 * the line form of events, with its source. For one thread.
 */
final class ArchivedLine {
  /** No event that was recorded or imported has it: of lines without an id of their own. */
  private static final String NO_ID = "";

  /** Where the whole text of a row stands, which is no field of a line. */
  private static final String SOURCE = "index_source";

  private final EventLine lines = new EventLine();
  private final EventBatch one = new EventBatch();
  private final JsonWriter json = new JsonWriter();

  /** The event of a line that has an id; empty for a piece that is no event, or has no id. */
  Optional<Event> event(byte[] line) {
    return anyEvent(line).filter(event -> !event.id().isEmpty());
  }

  /** The event of a line; without an id of its own its id is empty. */
  Optional<Event> anyEvent(byte[] line) {
    one.clear();
    return lines.decode(line, 0, line.length, one, Mode.NEW, NO_ID) == null
        ? Optional.of(one.event(0))
        : Optional.empty();
  }

  /** As {@link #event}, of a line that {@link #encode} wrote. */
  Optional<Event> row(byte[] line) {
    return event(line).map(ArchivedLine::withSource);
  }

  private static Event withSource(Event event) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>(event.details());
    if (!(details.remove(SOURCE) instanceof Map<?, ?> source)) {
      return event;
    }
    return event.toBuilder()
        .details(details)
        .set(Field.SOURCE, new JsonWriter().value(source).toString())
        .build();
  }

  byte[] encode(Event row) {
    json.clear();
    EventLine.encode(row, json);
    String source = row.text(Field.SOURCE);
    if (source != null) {
      json.truncate(json.length() - 1).key(SOURCE).raw(source).endObject();
    }
    return json.toByteArray();
  }

  /** True when the row tells nothing that the event of the journal does not. */
  static boolean tellsNoMore(Event row, Event own) {
    return row.toBuilder()
        .set(Field.SOURCE, null)
        .build()
        .equals(own.toBuilder().set(Field.SOURCE, null).build());
  }
}
