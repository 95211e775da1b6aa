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
    for (int i = 0; i < Field.count(); i++) {
      out.append(i == 0 ? "" : ",").append(Field.at(i).column());
    }
    out.append('\n');
  }

  /**
   * Writes one event.
   *
   * @throws UncheckedIOException when it cannot be written
   */
  public void write(Event event) {
    try {
      for (int i = 0; i < Field.count(); i++) {
        out.append(i == 0 ? "" : ",").append(Csv.cell(value(event, Field.at(i))));
      }
      out.append('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable Object value(Event event, Field field) {
    return field == Field.TIMESTAMP ? Timestamps.text(event.micros()) : event.get(field);
  }
}
