package dev.flightlog.cli.output;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.EventWords;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Screen;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events for people (a line each), for programs (the line form), for spreadsheets. Stateless. */
public final class EventRows {
  private static final int MOST_SAID = 160;

  private EventRows() {}

  /**
   * @param dates the zone of the times in text
   * @param screen text takes two lines of it an event; null for none
   * @param sought what was found in an event, by its id, which text shows with what stands around
   *     it
   */
  public static void print(
      List<Event> events,
      Format format,
      Dates dates,
      Map<String, String> sought,
      PrintStream out,
      @Nullable Screen screen) {
    switch (format) {
      case TEXT ->
          events.forEach(event ->
              out.println(line(event, dates, sought.getOrDefault(event.id(), ""), screen)));
      case JSON -> printJson(events, out);
      case CSV -> printCsv(events, out);
    }
    out.flush();
  }

  /** One line: when, where, who, what, how it went, and what it says. */
  public static String line(Event event, Dates dates) {
    return line(event, dates, "", null);
  }

  private static String line(Event event, Dates dates, String sought, @Nullable Screen screen) {
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
      out.append(' ').append(tokens).append(tokens == 1 ? " token" : " tokens");
    }
    int most =
        screen == null
            ? MOST_SAID
            : Math.clamp(2 * screen.columns() - 2 - out.length(), 40, 4 * MOST_SAID);
    String said =
        sought.isEmpty()
            ? EventWords.said(event, most)
            : EventWords.around(event, sought, most, most);
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
