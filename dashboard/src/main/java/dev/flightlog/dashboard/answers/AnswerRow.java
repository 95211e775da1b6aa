package dev.flightlog.dashboard.answers;

import dev.flightlog.analysis.Answer;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.event.Timestamps;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an answer, read by the keys of the question's columns. Immutable. A key or kind that the
 * question does not have is a programming error: {@link IllegalArgumentException}.
 */
public final class AnswerRow {
  private final Answer answer;
  private final int row;

  private AnswerRow(Answer answer, int row) {
    this.answer = answer;
    this.row = row;
  }

  /** All rows of an answer, in its order. */
  public static List<AnswerRow> of(Answer answer) {
    List<AnswerRow> rows = new ArrayList<>();
    for (int row = 0; row < answer.rowCount(); row++) {
      rows.add(new AnswerRow(answer, row));
    }
    return rows;
  }

  /** Its place in the answer, from 0. */
  public int index() {
    return row;
  }

  public @Nullable String text(String key) {
    return (String) value(key, Column.Kind.TEXT);
  }

  /** A text; empty when there is none. */
  public String textOrEmpty(String key) {
    String text = text(key);
    return text == null ? "" : text;
  }

  public @Nullable Long whole(String key) {
    return (Long) value(key, Column.Kind.WHOLE);
  }

  /** A whole number; 0 when there is none. */
  public long wholeOrZero(String key) {
    Long number = whole(key);
    return number == null ? 0 : number;
  }

  public @Nullable Double real(String key) {
    return (Double) value(key, Column.Kind.REAL);
  }

  /** Microseconds since 1970. */
  public @Nullable Long time(String key) {
    String text = (String) value(key, Column.Kind.TIME);
    return text == null ? null : (Long) Timestamps.parse(text);
  }

  private @Nullable Object value(String key, Column.Kind kind) {
    List<? extends Column<?>> columns = answer.question().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).key().equals(key)) {
        if (columns.get(i).kind() != kind) {
          throw new IllegalArgumentException(key + " is " + columns.get(i).kind());
        }
        return answer.value(row, i);
      }
    }
    throw new IllegalArgumentException(
        "the question " + answer.question().name() + " has no column " + key);
  }
}
