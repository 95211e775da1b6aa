package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a question found, before a budget is laid on it. For one thread.
 *
 * <p>The heading is said in full, or short when the budget leaves too few rows beside it. A note
 * matters more than the rows behind the third; a hint only fills what is left.
 *
 * @param <R> a row
 */
public final class Result<R> {
  private final List<R> rows = new ArrayList<>();
  private final List<Cell<R>> cells = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Hint> hints = new ArrayList<>();
  private final Map<String, @Nullable Object> totals = new LinkedHashMap<>();
  private Said heading = wording -> "";
  private Said shortHeading = wording -> "";

  /** A sentence whose names are as long as the wording allows. */
  public interface Said {
    String in(Wording wording);
  }

  /** What else could be asked, in the words of whoever reads it. */
  public interface Hint {
    /** Null when there is nothing that this reader could do. */
    @Nullable String to(Reader reader);
  }

  /**
   * A column of the text.
   *
   * @param head one that begins with {@code >} stands to the right
   */
  private record Cell<R>(Said head, BiFunction<R, Wording, String> text) {}

  /** An answer of one sentence, without rows. */
  public static <R> Result<R> saying(Said full, Said brief) {
    return new Result<R>().heading(full, brief);
  }

  public Result<R> heading(Said full, Said brief) {
    heading = full;
    shortHeading = brief;
    return this;
  }

  /**
   * A further column of the text. One that begins with {@code >} stands to the right; when all
   * heads are empty there is no line of heads.
   */
  public Result<R> cell(String head, BiFunction<R, Wording, String> text) {
    return cell(wording -> head, text);
  }

  /** The same with a head that holds a name. */
  public Result<R> cell(Said head, BiFunction<R, Wording, String> text) {
    cells.add(new Cell<>(head, text));
    return this;
  }

  public Result<R> row(R row) {
    rows.add(row);
    return this;
  }

  public Result<R> rows(List<? extends R> all) {
    rows.addAll(all);
    return this;
  }

  public Result<R> note(String line) {
    notes.add(line);
    return this;
  }

  public Result<R> hint(Hint hint) {
    hints.add(hint);
    return this;
  }

  /** A number about all events of the selection, for programs. */
  public Result<R> total(String key, @Nullable Object value) {
    totals.put(key, value);
    return this;
  }

  public List<R> rows() {
    return rows;
  }

  /** The words of a row, one a column of the text. */
  public String[] words(int row, Wording wording) {
    String[] words = new String[cells.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = cells.get(i).text.apply(rows.get(row), wording);
    }
    return words;
  }

  /** The heads of the columns of the text. */
  public List<String> heads(Wording wording) {
    List<String> heads = new ArrayList<>();
    for (Cell<R> cell : cells) {
      heads.add(cell.head.in(wording));
    }
    return heads;
  }

  public List<String> notes() {
    return notes;
  }

  public List<Hint> hints() {
    return hints;
  }

  public Map<String, @Nullable Object> totals() {
    return totals;
  }

  public Said heading() {
    return heading;
  }

  public Said shortHeading() {
    return shortHeading;
  }
}
