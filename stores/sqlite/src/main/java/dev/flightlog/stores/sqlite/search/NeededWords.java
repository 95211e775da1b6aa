package dev.flightlog.stores.sqlite.search;

import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.store.search.SearchTerm;
import dev.flightlog.store.search.Words;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The words that an event must have to match a query and a filter: each of {@code all} is a choice
 * of alternatives, each alternative a list of words.
 */
record NeededWords(List<List<List<Word>>> all, long since, long until) {

  /** A word, or the beginning of one. */
  record Word(String text, boolean isPrefix) {}

  static NeededWords of(SearchQuery query, Filter filter) {
    List<List<List<Word>>> all = new ArrayList<>();
    for (List<SearchTerm> clause : query.all()) {
      all.add(clause.stream().map(NeededWords::words).toList());
    }
    long since = Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    for (Filter part : filter instanceof Filter.And and ? and.all() : List.of(filter)) {
      if (part instanceof Filter.Time time) {
        since = Math.max(since, time.since());
        until = Math.min(until, time.until());
      } else if (part instanceof Filter.In in && isSearched(in.attribute())) {
        add(in, all);
      }
    }
    return new NeededWords(all, since, until);
  }

  private static List<Word> words(SearchTerm term) {
    List<Word> words = new ArrayList<>();
    int last = term.words().size() - 1;
    for (int i = 0; i <= last; i++) {
      words.add(new Word(term.words().get(i), term.isPrefix() && i == last));
    }
    return words;
  }

  private static boolean isSearched(Attribute attribute) {
    return attribute instanceof Attribute.Detail
        || attribute instanceof Attribute.Column column
            && EventTexts.FIELDS.contains(column.field());
  }

  private static void add(Filter.In in, List<List<List<Word>>> all) {
    List<List<Word>> choice = new ArrayList<>();
    for (String text : in.texts()) {
      List<Word> words = Words.in(text).stream().map(word -> new Word(word, false)).toList();
      if (words.isEmpty() || choice.size() > 20) {
        return;
      }
      choice.add(words);
    }
    all.add(choice);
  }

  /** The rows of a segment that may match. */
  RowSet in(SegmentReader segment, int rows) throws SQLException {
    RowSet left = new RowSet(rows);
    left.addAll(0, rows);
    segment.keepTimes(left, since, until);
    for (List<List<Word>> choice : all) {
      if (left.isEmpty()) {
        break;
      }
      RowSet any = new RowSet(rows);
      for (List<Word> alternative : choice) {
        RowSet found = new RowSet(rows);
        found.addAll(left);
        for (Word word : alternative) {
          if (!found.isEmpty()) {
            found.keepAll(segment.find(word.text(), word.isPrefix()));
          }
        }
        any.addAll(found);
      }
      left = any;
    }
    return left;
  }
}
