package dev.flightlog.store.search;

import dev.flightlog.event.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whether events match one query, and where. Not safe for several threads. */
public final class Matcher implements EventTexts.Visitor {
  /** Words of a text of usual length. */
  private static final double USUAL = 50;

  private final List<List<SearchTerm>> all;
  private final List<SearchTerm> none;
  private final Words words = new Words();
  private final List<String> whole = new ArrayList<>();
  private final List<List<String>> parts = new ArrayList<>();
  private int[] bounds = new int[64];
  private final double[] scores;
  private boolean refused;
  private int most;
  private @Nullable SearchPlace best;
  private int firstStart;
  private int firstEnd;

  public Matcher(SearchQuery query) {
    all = query.all();
    none = query.none();
    scores = new double[all.size()];
  }

  /** The event as a hit; empty when it does not match. */
  public Optional<SearchHit> hit(Event event) {
    Arrays.fill(scores, 0);
    refused = false;
    most = 0;
    best = null;
    EventTexts.visit(event, this);
    double score = 0;
    for (double one : scores) {
      if (one == 0) {
        return Optional.empty();
      }
      score += one;
    }
    SearchPlace place = best;
    return refused || place == null
        ? Optional.empty()
        : Optional.of(new SearchHit(event, place, score));
  }

  @Override
  public void text(String path, String text) {
    if (refused) {
      return;
    }
    boolean read = false;
    for (SearchTerm term : none) {
      if (covers(term, path)) {
        read = read || read(text);
        refused |= count(term) > 0;
      }
    }
    int found = 0;
    int start = 0;
    int end = 0;
    for (int i = 0; i < all.size() && !refused; i++) {
      int times = 0;
      for (SearchTerm term : all.get(i)) {
        if (covers(term, path)) {
          read = read || read(text);
          int here = count(term);
          if (here > 0 && times == 0) {
            start = found == 0 ? firstStart : start;
            end = found == 0 ? firstEnd : end;
            found++;
          }
          times += here;
        }
      }
      scores[i] = Math.max(scores[i], times / (times + whole.size() / USUAL + 0.5));
    }
    if (found > most) {
      most = found;
      best = new SearchPlace(path, text, start, end);
    }
  }

  private static boolean covers(SearchTerm term, String path) {
    SearchField field = term.field();
    return field == null || field.covers(path);
  }

  private boolean read(String text) {
    whole.clear();
    parts.clear();
    words.of(text);
    while (words.next()) {
      int at = 2 * whole.size();
      if (at == bounds.length) {
        bounds = Arrays.copyOf(bounds, 2 * at);
      }
      bounds[at] = words.start();
      bounds[at + 1] = words.end();
      whole.add(words.word());
      parts.add(words.parts());
    }
    return true;
  }

  /** How often the term stands in the text that was read. */
  private int count(SearchTerm term) {
    int length = term.words().size();
    int times = 0;
    for (int at = 0; at + length <= whole.size(); at++) {
      if (stands(term, at)) {
        if (times == 0) {
          firstStart = bounds[2 * at];
          firstEnd = bounds[2 * (at + length - 1) + 1];
        }
        times++;
      }
    }
    return times;
  }

  private boolean stands(SearchTerm term, int at) {
    for (int i = 0; i < term.words().size(); i++) {
      if (!term.matches(i, whole.get(at + i), parts.get(at + i))) {
        return false;
      }
    }
    return true;
  }
}
