package dev.flightlog.analysis.search;

import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.search.Matcher;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchAnswer;
import dev.flightlog.store.search.SearchHit;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.store.search.SearchTerm;
import dev.flightlog.store.search.SearchTextException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds events by a text, or without one by filters alone. Stateless but for its text.
 *
 * @param query null for every event
 */
public record EventSearch(@Nullable SearchQuery query) {
  /** The words for what comes first; the first of them is meant without one. */
  public static final List<String> ORDERS = List.of("newest", "relevance");

  /**
   * The search for a text; a blank one looks for nothing.
   *
   * @throws QuestionException when the text cannot be understood
   */
  public static EventSearch of(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return new EventSearch(null);
    }
    try {
      return new EventSearch(SearchQuery.parse(text));
    } catch (SearchTextException e) {
      throw new QuestionException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The most relevant, or the newest; of a text that is the id of an event, that event.
   *
   * @param among which events, newest first, and at most how many
   */
  public FoundEvents in(EventStore store, ReadRequest among, boolean relevantFirst) {
    SearchQuery wanted = query;
    if (wanted == null) {
      long limit = among.limit();
      ReadRequest read = limit == Long.MAX_VALUE ? among : among.limit(limit + 1);
      List<Event> events = store.read(read).finish(read);
      boolean more = events.size() > limit;
      return new FoundEvents(
          events.stream().limit(limit).map(event -> new FoundEvent(event, "")).toList(), more);
    }
    String id = wanted.text().strip();
    if (EventIds.isWellFormed(id)) {
      ReadRequest one =
          ReadRequest.newestFirst(Filter.and(among.filter(), Filter.is(Field.ID, id)))
              .limit(1)
              .patience(among.patience());
      List<Event> named = store.read(one).finish(one);
      if (!named.isEmpty()) {
        return new FoundEvents(List.of(new FoundEvent(named.getFirst(), "")), false);
      }
    }
    Search search = relevantFirst ? Search.relevant(wanted) : Search.newest(wanted);
    SearchAnswer answer = store.search(search, among);
    List<FoundEvent> found = new ArrayList<>();
    answer.hits().forEach(hit -> found.add(new FoundEvent(hit.event(), hit.place().found())));
    return new FoundEvents(found, answer.more());
  }

  /** The same for words that begin as these; what it looks for is its {@code query}'s text. */
  public EventSearch forBeginnings() {
    SearchQuery wanted = query;
    if (wanted == null) {
      return this;
    }
    List<List<SearchTerm>> open = new ArrayList<>();
    for (List<SearchTerm> terms : wanted.all()) {
      open.add(
          terms.stream().map(term -> new SearchTerm(term.field(), term.words(), true)).toList());
    }
    String text =
        Stream.concat(
                open.stream()
                    .map(terms ->
                        terms.stream()
                            .map(SearchTerm::toString)
                            .collect(Collectors.joining(" OR "))),
                wanted.none().stream().map(term -> "not:" + term))
            .collect(Collectors.joining(" "));
    return new EventSearch(new SearchQuery(text, open, wanted.none()));
  }

  /** The events of a stream that have the words, as they come. */
  public Stream<Event> filter(Stream<Event> events) {
    SearchQuery wanted = query;
    if (wanted == null) {
      return events;
    }
    Matcher matcher = new Matcher(wanted);
    return events.map(matcher::hit).flatMap(Optional::stream).map(SearchHit::event);
  }
}
