package dev.flightlog.cli.output;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events for people (a line each), for programs (the line form), for spreadsheets. Stateless. */
public final class EventRows {
  private static final int MOST_SAID = 160;

  private EventRows() {}

  /**
   * @param dates the zone of the times in text
   * @param sought what was looked for, which text shows with what stands around it; empty for
   *     nothing
   */
  public static void print(
      List<Event> events, Format format, Dates dates, String sought, PrintStream out) {
    switch (format) {
      case TEXT -> events.forEach(event -> out.println(line(event, dates, sought)));
      case JSON -> printJson(events, out);
      case CSV -> printCsv(events, out);
    }
    out.flush();
  }

  /** One line: when, where, who, what, how it went, and what it says. */
  public static String line(Event event, Dates dates) {
    return line(event, dates, "");
  }

  private static String line(Event event, Dates dates, String sought) {
    StringBuilder out = new StringBuilder();
    out.append(dates.second(event.micros())).append("  ");
    for (Field field : List.of(Field.STORY_ID, Field.AGENT_NAME)) {
      String text = event.text(field);
      if (text != null) {
        out.append(SafeText.shortened(SafeText.sentence(text), 30)).append("  ");
      }
    }
    out.append(EventWords.happened(event));
    Long duration = event.integer(Field.DURATION_MS);
    if (duration != null) {
      out.append(' ').append(duration).append(" ms");
    }
    Long tokens = event.integer(Field.TOKENS_USED);
    if (tokens != null) {
      out.append(' ').append(tokens).append(" tokens");
    }
    String said =
        sought.isEmpty()
            ? EventWords.said(event, MOST_SAID)
            : EventWords.around(event, sought, MOST_SAID, MOST_SAID);
    return said.isEmpty() ? out.toString() : out.append("  ").append(said).toString();
  }

  private static void printJson(List<Event> events, PrintStream out) {
    JsonWriter json = new JsonWriter();
    json.append('[');
    for (int i = 0; i < events.size(); i++) {
      json.append(i == 0 ? ' ' : ',');
      JsonWriter line = new JsonWriter();
      EventLine.encode(events.get(i), line);
      json.appendRaw(line.bytes(), 0, line.length());
    }
    json.append(']').append('\n');
    out.write(json.bytes(), 0, json.length());
  }

  private static void printCsv(List<Event> events, PrintStream out) {
    List<String> columns = new ArrayList<>();
    for (Field field : Field.values()) {
      columns.add(field.column());
    }
    Table table = new Table(columns);
    for (Event event : events) {
      @Nullable Object[] cells = new @Nullable Object[columns.size()];
      for (int i = 0; i < cells.length; i++) {
        Object value = event.get(Field.at(i));
        cells[i] =
            value instanceof Long micros && Field.at(i) == Field.TIMESTAMP
                ? Timestamps.text(micros)
                : value;
      }
      table.add(cells);
    }
    table.print(Format.CSV, out);
  }
}
