package dev.flightlog.analysis;

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
final class Findings {
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final Map<String, @Nullable Object> totals = new LinkedHashMap<>();
  private Said heading = wording -> "";
  private Said shortHeading = wording -> "";
  private Heads heads = wording -> List.of();

  /** A sentence whose names are as long as the wording allows. */
  interface Said {
    String in(Wording wording);
  }

  /** A line of heads, whose names are as long as the wording allows. */
  interface Heads {
    List<String> in(Wording wording);
  }

  Findings heading(Said full, Said brief) {
    heading = full;
    shortHeading = brief;
    return this;
  }

  /**
   * The heads of the table's columns; one that begins with {@code >} stands to the right. Without a
   * word in any there is no line of heads.
   */
  Findings heads(Heads all) {
    heads = all;
    return this;
  }

  Findings row(@Nullable Object... values) {
    rows.add(values);
    return this;
  }

  Findings note(String line) {
    notes.add(line);
    return this;
  }

  /** An empty line is none. */
  Findings hint(String line) {
    if (!line.isEmpty()) {
      hints.add(line);
    }
    return this;
  }

  /** A number about all events of the scope, for programs. */
  Findings total(String key, @Nullable Object value) {
    totals.put(key, value);
    return this;
  }

  List<@Nullable Object[]> rows() {
    return rows;
  }

  List<String> notes() {
    return notes;
  }

  List<String> hints() {
    return hints;
  }

  Map<String, @Nullable Object> totals() {
    return totals;
  }

  Heads heads() {
    return heads;
  }

  Said heading() {
    return heading;
  }

  Said shortHeading() {
    return shortHeading;
  }
}
