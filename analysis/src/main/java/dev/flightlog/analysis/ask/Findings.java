package dev.flightlog.analysis.ask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a question found, before a budget is laid on it. For one thread.
 *
 * <p>The heading is said in full, or short when the budget leaves too few rows beside it. A note
 * matters more than the rows behind the third; a hint only fills what is left.
 */
public final class Findings {
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final Map<String, @Nullable Object> totals = new LinkedHashMap<>();
  private Said heading = wording -> "";
  private Said shortHeading = wording -> "";
  private Heads heads = wording -> List.of();

  /** A sentence whose names are as long as the wording allows. */
  public interface Said {
    String in(Wording wording);
  }

  /** A line of heads, whose names are as long as the wording allows. */
  public interface Heads {
    List<String> in(Wording wording);
  }

  public Findings heading(Said full, Said brief) {
    heading = full;
    shortHeading = brief;
    return this;
  }

  /**
   * The heads of the table's columns; one that begins with {@code >} stands to the right. Without a
   * word in any there is no line of heads.
   */
  public Findings heads(Heads all) {
    heads = all;
    return this;
  }

  public Findings row(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  public Findings note(String line) {
    notes.add(line);
    return this;
  }

  /** An empty line is none. */
  public Findings hint(String line) {
    if (!line.isEmpty()) {
      hints.add(line);
    }
    return this;
  }

  /** A number about all events of the scope, for programs. */
  public Findings total(String key, @Nullable Object value) {
    totals.put(key, value);
    return this;
  }

  public List<@Nullable Object[]> rows() {
    return rows;
  }

  public List<String> notes() {
    return notes;
  }

  public List<String> hints() {
    return hints;
  }

  public Map<String, @Nullable Object> totals() {
    return totals;
  }

  public Heads heads() {
    return heads;
  }

  public Said heading() {
    return heading;
  }

  public Said shortHeading() {
    return shortHeading;
  }
}
