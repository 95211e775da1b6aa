package dev.flightlog.server.questions;

import dev.flightlog.analysis.search.EventSearch;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventLine;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Answer;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Health;
import dev.flightlog.store.Position;
import dev.flightlog.store.ReadRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code GET /api/events}: the events themselves, by the filters of {@code flightlog search}. */
public final class EventsFeature implements Feature {
  private static final int MOST = 1000;

  /** A page with so many bytes ends, however few its events are. */
  private static final int PAGE_BYTES = 4 << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final EventStore store;
  private final Runnable takeIn;
  private final Supplier<String> behind;
  private final Clock clock;

  /**
   * @param store stays open
   * @param takeIn brings what was recorded until now into the store; called by many threads
   * @param behind what could not be taken in, for {@link #complaint}; empty when all was
   * @param clock its zone is where days begin
   */
  public EventsFeature(EventStore store, Runnable takeIn, Supplier<String> behind, Clock clock) {
    this.store = store;
    this.takeIn = takeIn;
    this.behind = behind;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "events";
  }

  @Override
  public String complaint() {
    Health health = store.check();
    return health.ok() ? behind.get() : "the index does not answer";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/events", "Search events", this::search)
            .with(EventParameters.withWords())
            .with(
                Parameter.query(
                    "order",
                    Schema.oneOf(List.of("newest", "oldest")).byDefault("newest"),
                    "by time"),
                Parameter.query(
                    "limit", Schema.integer().between(1, MOST).byDefault(100), "at most"),
                Parameter.query("page", Schema.text(), "'next' of the answer before"))
            .answers(
                Reply.json(
                    200,
                    Schema.object()
                        .always("events", Schema.listOf(Schema.object()))
                        .always("next", Schema.text().orNull()),
                    "A page of events as a journal holds them, also fewer than 'limit' when they are"
                        + " large; 'next' is null behind the last.")));
  }

  private Response search(Request request) {
    Long limit = request.number("limit", 1, MOST);
    int most = limit == null ? 100 : limit.intValue();
    String order = request.query("order");
    if (order != null && !order.equals("newest") && !order.equals("oldest")) {
      throw Problem.badRequest("'order' is newest or oldest").exception();
    }
    Filter filter = EventParameters.narrowing(request, clock);
    ReadRequest read =
        "oldest".equals(order) ? ReadRequest.oldestFirst(filter) : ReadRequest.newestFirst(filter);
    String page = request.query("page");
    EventCursor cursor = new EventCursor(request);
    if (page == null) {
      takeIn.run();
    } else {
      read = read.after(cursor.position(page));
    }
    read = read.limit(most + 1L).patience(PATIENCE);
    JsonWriter out = new JsonWriter(4096).beginObject().key("events").beginArray();
    Position last = null;
    boolean more = false;
    EventSearch words = EventParameters.words(request);
    try (Stream<Event> found = found(words, read)) {
      JsonWriter line = new JsonWriter();
      Iterator<Event> events = found.iterator();
      for (int count = 0; !more && events.hasNext(); count++) {
        Event event = events.next();
        if (count == most || out.length() > PAGE_BYTES) {
          more = true;
        } else {
          EventLine.encode(event, line.clear());
          out.raw(line.bytes(), 0, line.length());
          last = Position.of(event);
        }
      }
    }
    String next = more && last != null ? cursor.next(last) : null;
    out.endArray().key("next").value(next).endObject();
    return new Response(
        200, Map.of("Content-Type", "application/json"), new Content.Bytes(out.toByteArray()));
  }

  /** The newest come from the index of words; the oldest are looked for one by one. */
  private Stream<Event> found(EventSearch words, ReadRequest read) {
    if (words.query() != null && read.order() == ReadRequest.Order.NEWEST_FIRST) {
      return words.in(store, read, false).events().stream();
    }
    Answer answer = store.read(words.query() == null ? read : read.limit(Long.MAX_VALUE));
    return words.filter(answer.events().filter(answer.unmet()::matches)).onClose(answer::close);
  }
}
