package dev.flightlog.cli.output;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Events as CSV, each written as it comes; the columns are the fields. For one thread. */
public final class EventLines {
  private final Writer out;

  /** Writes the header. */
  public EventLines(Writer out) throws IOException {
    this.out = out;
    @Nullable Object[] columns = new @Nullable Object[Field.count()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Field.at(i).column();
    }
    out.append(Csv.row(columns));
  }

  /**
   * Writes one event.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void write(Event event) {
    @Nullable Object[] cells = new @Nullable Object[Field.count()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = value(event, Field.at(i));
    }
    try {
      out.append(Csv.row(cells));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object value(Event event, Field field) {
    return field == Field.TIMESTAMP ? Timestamps.text(event.micros()) : event.get(field);
  }
}
