package dev.flightlog.stores.clickhouse.search;

import dev.flightlog.store.search.EventTexts;
import dev.flightlog.store.search.SearchField;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.store.search.SearchTerm;
import dev.flightlog.store.search.Words;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * Which runs of ASCII letters and digits an event has that matches a search: of each group all runs
 * of one alternative. A group of which an alternative has none, such as a word of Chinese, says
 * nothing and is left out.
 */
record NeededRuns(List<List<List<Run>>> groups) {
  private static final String FIELDS = fields();

  /** In what of an event a run can stand. */
  enum Place {
    FIELDS,
    DETAILS,
    BOTH;

    static Place of(SearchTerm term) {
      SearchField field = term.field();
      if (field == null) {
        return BOTH;
      }
      String path = field.path();
      return path == null || path.startsWith("details.") ? DETAILS : FIELDS;
    }
  }

  /**
   * A run as the index has them.
   *
   * @param isOpen whether it may go on
   */
  record Run(String text, boolean isOpen, Place place) {
    /** Whether a word of the index is this one. */
    String matches(String column) {
      return isOpen
          ? "startsWith(" + column + ", " + Literals.text(text) + ")"
          : column + " = " + Literals.text(text);
    }
  }

  static NeededRuns of(SearchQuery query) {
    List<List<List<Run>>> groups = new ArrayList<>();
    for (List<SearchTerm> terms : query.all()) {
      List<List<Run>> alternatives = terms.stream().map(NeededRuns::runs).toList();
      if (alternatives.stream().noneMatch(List::isEmpty)) {
        groups.add(alternatives);
      }
    }
    return new NeededRuns(groups);
  }

  private static List<Run> runs(SearchTerm term) {
    Set<Run> runs = new LinkedHashSet<>();
    for (int i = 0; i < term.words().size(); i++) {
      String word = term.words().get(i);
      boolean open =
          term.isPrefix() && i == term.words().size() - 1 || word.length() >= Words.LONGEST - 1;
      int from = -1;
      for (int at = 0; at <= word.length(); at++) {
        boolean within = at < word.length() && isOfRun(word.charAt(at));
        if (within && from < 0) {
          from = at;
        } else if (!within && from >= 0) {
          boolean goesOn = open && at == word.length();
          runs.add(new Run(word.substring(from, at), goesOn, Place.of(term)));
          from = -1;
        }
      }
    }
    // A long one is in fewer events, and what comes first is looked for first.
    return runs.stream()
        .sorted(Comparator.comparingInt((Run run) -> run.text.length()).reversed())
        .toList();
  }

  private static boolean isOfRun(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  boolean isEmpty() {
    return groups.isEmpty();
  }

  /** All different runs. */
  List<Run> all() {
    Set<Run> all = new LinkedHashSet<>();
    groups.forEach(group -> group.forEach(all::addAll));
    return List.copyOf(all);
  }

  /** The groups joined in SQL. */
  private String joined(Function<Run, String> run, String and, String or) {
    List<String> joined = new ArrayList<>();
    for (List<List<Run>> group : groups) {
      List<String> alternatives = new ArrayList<>();
      for (List<Run> alternative : group) {
        alternatives.add(folded(alternative.stream().map(run).toList(), and));
      }
      joined.add(folded(alternatives, or));
    }
    return folded(joined, and);
  }

  /** Of two at a time, as the functions on bits are. */
  private static String folded(List<String> parts, String function) {
    String sql = parts.getFirst();
    for (String part : parts.subList(1, parts.size())) {
      sql = function + "(" + sql + ", " + part + ")";
    }
    return sql;
  }

  /** The parts of an hour in which all is, of a row with the parts of each run in an array. */
  String parts(String array) {
    List<Run> all = all();
    return joined(run -> array + "[" + (all.indexOf(run) + 1) + "]", "bitAnd", "bitOr");
  }

  /** What an event must have in its texts; it may have it and not match. */
  String rough() {
    if (isEmpty()) {
      return "1";
    }
    String odd =
        "multiSearchAny(ifNull(details, ''), ['\\\\u', '\\xCC', '\\xCD', '\\xE2\\x84\\xAA'])";
    return "or(" + joined(NeededRuns::rough, "and", "or") + ", " + odd + ")";
  }

  private static String rough(Run run) {
    String inDetails = isIn("ifNull(details, '')", run);
    return switch (run.place) {
      case DETAILS -> inDetails;
      case FIELDS -> isIn(FIELDS, run);
      case BOTH -> "or(" + inDetails + ", " + isIn(FIELDS, run) + ")";
    };
  }

  private static String isIn(String text, Run run) {
    return "positionCaseInsensitive(" + text + ", " + Literals.text(run.text) + ") > 0";
  }

  private static String fields() {
    StringJoiner fields = new StringJoiner(", ' ', ", "concat(", ")");
    EventTexts.FIELDS.forEach(field ->
        fields.add("ifNull(CAST(" + EventRow.column(field) + " AS Nullable(String)), '')"));
    return fields.toString();
  }
}
