package dev.flightlog.analysis;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Inquiry;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.Result;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.wording.Csv;
import dev.flightlog.wording.SafeText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a question was answered: text within a budget, and the rows for programs as JSON and CSV.
 * Immutable.
 *
 * <p>The text has no control characters but line feeds, ends with one, and costs {@link #tokens}.
 */
public final class Answer {
  private final Question question;
  private final String text;
  private final Map<String, @Nullable Object> window;
  private final Table<?> rows;
  private final List<String> notes;
  private final int tokens;
  private final int budget;
  private final long elapsedMs;

  Answer(
      Question question,
      Page.Fitted fitted,
      Map<String, @Nullable Object> window,
      Table<?> rows,
      List<String> notes,
      int budget,
      long elapsedMs) {
    this.question = question;
    this.text = fitted.text();
    this.window = Collections.unmodifiableMap(window);
    this.rows = rows;
    this.notes = List.copyOf(notes);
    this.tokens = fitted.tokens();
    this.budget = budget;
    this.elapsedMs = elapsedMs;
  }

  private Answer(Answer of, List<String> notes) {
    question = of.question;
    text = of.text;
    window = of.window;
    rows = of.rows;
    this.notes = List.copyOf(notes);
    tokens = of.tokens;
    budget = of.budget;
    elapsedMs = of.elapsedMs;
  }

  /** The same, with one more note for programs; the text stays as it is. */
  public Answer withNote(String note) {
    return new Answer(this, Stream.concat(notes.stream(), Stream.of(note)).toList());
  }

  /** Rows and how they are read. */
  record Table<R>(List<Column<R>> columns, List<R> rows, int omitted) {
    /** What an inquiry finds, cut at so many rows. */
    static <R> Table<R> of(Inquiry<R> inquiry, Result<R> result, int most) {
      List<R> all = result.rows();
      int shown = Math.min(most, all.size());
      return new Table<>(inquiry.columns(), List.copyOf(all.subList(0, shown)), all.size() - shown);
    }

    @Nullable Object value(int row, int column) {
      return columns.get(column).of(rows.get(row));
    }
  }

  public Question question() {
    return question;
  }

  /** For people and agents: a heading, aligned rows, what was left out; ends with a line feed. */
  public String text() {
    return text;
  }

  /**
   * What the answer is about: {@code text} in words, {@code since}, {@code first} and {@code last}
   * (RFC 3339 or null), {@code story}, {@code agent}, {@code events}, {@code sessions}, and the
   * question's own totals over all of it.
   */
  public Map<String, @Nullable Object> window() {
    return window;
  }

  /**
   * The number of rows for programs: all, unless the call bounds its tokens or its rows. The text
   * may have fewer.
   */
  public int rowCount() {
    return rows.rows().size();
  }

  /** A value by row and column: String, Long, Double; a time as RFC 3339; or null. */
  public @Nullable Object value(int row, int column) {
    return rows.value(row, column);
  }

  /** What must be said about all of it, such as what could not be counted; a sentence each. */
  public List<String> notes() {
    return notes;
  }

  /** How many rows there are besides. */
  public int omitted() {
    return rows.omitted();
  }

  /** What {@link #text} costs: its {@code o200k_base} count times the safety factor, rounded up. */
  public int tokens() {
    return tokens;
  }

  /** The most it was allowed to cost. */
  public int budget() {
    return budget;
  }

  /** Milliseconds from the call to the answer. */
  public long elapsedMs() {
    return elapsedMs;
  }

  /**
   * One JSON object: {@code question window rows omitted tokens budget elapsed_ms}. Each row is an
   * object with the keys of {@link Question#columns}; what is unknown is null. ASCII controls and
   * invisible characters are escaped.
   */
  public String json() {
    JsonWriter out = new JsonWriter(2048).beginObject();
    out.key("question").string(question.name());
    out.key("window").value(window);
    out.key("rows").beginArray();
    List<? extends Column<?>> columns = rows.columns();
    for (int row = 0; row < rowCount(); row++) {
      out.beginObject();
      for (int column = 0; column < columns.size(); column++) {
        out.key(columns.get(column).key()).value(value(row, column));
      }
      out.endObject();
    }
    out.endArray();
    out.key("omitted").number(omitted());
    out.key("tokens").number(tokens);
    out.key("budget").number(budget);
    out.key("elapsed_ms").number(elapsedMs);
    return SafeText.json(out.endObject().toString());
  }

  /**
   * A line of keys and a line for each row, as {@link Csv} writes them. What is unknown is empty;
   * control and invisible characters are shown as escapes, and no cell can be a formula.
   */
  public String csv() {
    StringBuilder out = new StringBuilder();
    List<? extends Column<?>> columns = rows.columns();
    @Nullable Object[] cells = new @Nullable Object[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      cells[i] = columns.get(i).key();
    }
    Csv.appendRow(out, cells);
    for (int row = 0; row < rowCount(); row++) {
      for (int i = 0; i < columns.size(); i++) {
        Object value = value(row, i);
        cells[i] = value instanceof String text ? SafeText.of(text) : value;
      }
      Csv.appendRow(out, cells);
    }
    return out.toString();
  }

  /** The text. */
  @Override
  public String toString() {
    return text;
  }
}
