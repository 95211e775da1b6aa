package dev.flightlog.server.dashboard;

import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.analysis.search.EventSearch;
import dev.flightlog.analysis.search.FoundEvents;
import dev.flightlog.dashboard.frame.Page;
import dev.flightlog.dashboard.frame.View;
import dev.flightlog.dashboard.pages.SearchPage;
import dev.flightlog.event.Event;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Events, by the filters of {@code flightlog search}. */
final class SearchRoutes implements PageRoutes {
  private static final int A_PAGE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final Pattern POSITION = Pattern.compile("(-?[0-9]{1,18})-([0-9A-Z]{26})");

  private final DashboardData data;
  private final Pages pages;

  SearchRoutes(DashboardData data) {
    this.data = data;
    pages = new Pages(data);
  }

  @Override
  public List<Route> routes() {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        Parameter.query(
            "text", Schema.text(), "its words stand anywhere in them; quotes, word*, field:word"));
    for (NamedArgument argument : EventFilter.ALL) {
      parameters.add(Parameter.query(argument.name(), Schema.text(), argument.meaning()));
    }
    parameters.add(Parameter.query("page", Schema.text(), "where the page begins"));
    return List.of(
        pages.plain(
            "/search", "Search events", this::search, parameters.toArray(Parameter[]::new)));
  }

  private Page search(Request request, View view) {
    String text = request.query("text");
    Map<String, String> filters = new LinkedHashMap<>();
    for (NamedArgument argument : EventFilter.ALL) {
      String value = request.query(argument.name());
      if (value != null) {
        filters.put(argument.name(), value);
      }
    }
    try {
      Filter filter =
          EventFilter.filter(
              argument -> request.query(argument.name()), Reader.HTTP, view.dates(), view.now());
      return SearchPage.of(
          found(text, filters, EventSearch.of(text), filter, position(request)), view);
    } catch (QuestionException e) {
      return SearchPage.of(
          new SearchPage.Found(text, filters, List.of(), Map.of(), null, e.getMessage()), view);
    }
  }

  private SearchPage.Found found(
      @Nullable String text,
      Map<String, String> filters,
      EventSearch search,
      Filter filter,
      @Nullable Position from) {
    ReadRequest read = ReadRequest.newestFirst(filter).limit(A_PAGE).patience(PATIENCE);
    if (from == null) {
      data.takeIn().run();
    } else {
      read = read.after(from);
    }
    FoundEvents answer = search.in(data.store(), read, false);
    List<Event> events = answer.events();
    String next = answer.more() ? events.getLast().micros() + "-" + events.getLast().id() : null;
    return new SearchPage.Found(text, filters, events, answer.sought(), next, null);
  }

  private static @Nullable Position position(Request request) {
    String page = request.query("page");
    if (page == null) {
      return null;
    }
    Matcher form = POSITION.matcher(page);
    if (!form.matches()) {
      throw Problem.badRequest("'page' is none that this page names").exception();
    }
    return new Position(Long.parseLong(form.group(1)), form.group(2));
  }
}
