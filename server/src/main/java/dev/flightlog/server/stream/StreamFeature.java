package dev.flightlog.server.stream;

import dev.flightlog.server.questions.EventParameters;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code GET /api/stream}: events as they arrive, by the filters of {@code /api/events}, as
 * server-sent events or over a WebSocket. Every message says where to go on behind it, in this
 * connection's life or after it.
 */
public final class StreamFeature implements Feature {
  /** So many may watch at a time. */
  static final int MOST_WATCHERS = 500;

  /** What is kept of the newest arrivals for those who watch. */
  private static final long RECENT_BYTES = 32L << 20;

  private static final int MOST_NEWEST = 1000;
  private static final Pattern CURSOR = Pattern.compile("[!-~&&[^\"\\\\]]{1,200}");

  /** Below the time after which a silent connection is closed. */
  private static final Duration BEAT = Duration.ofSeconds(10);

  private final Hub hub;
  private final StoreReads reads;
  private final Clock clock;
  private final Duration beat;

  /**
   * @param store stays open
   * @param clock its zone is where days begin
   */
  public StreamFeature(EventStore store, Clock clock) {
    this(store, clock, BEAT, RECENT_BYTES);
  }

  /**
   * @param beat how often a watcher gets a sign of life
   * @param recentBytes the memory for the newest arrivals, about
   */
  StreamFeature(EventStore store, Clock clock, Duration beat, long recentBytes) {
    this.clock = clock;
    this.beat = beat;
    hub = new Hub(store, recentBytes);
    reads = new StoreReads(store);
  }

  /** Something arrived in the store: those who watch are told at once. Cheap; for many threads. */
  public void wake() {
    hub.wake();
  }

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String complaint() {
    return hub.problem();
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/stream", "Events as they arrive", this::stream)
            .describe(
                "Server-sent events without an end; over a WebSocket when the request asks for one,"
                    + " where each message is one JSON object with kind, id and data. Kinds: 'event',"
                    + " an event as a journal holds it, which comes again when it changes, as a call"
                    + " does that gets its result; 'forgotten', ids of events that were removed;"
                    + " 'reset', the index was built anew, so load again what you show; 'cut_off',"
                    + " you read more slowly than events arrive; 'stopping', 'busy' and 'failed',"
                    + " the stream ends, and the data says why. An id is the place behind a message:"
                    + " go on there by Last-Event-ID or 'after', and nothing is missed or sent twice."
                    + " A message without data moves the place.")
            .with(EventParameters.all())
            .with(
                Parameter.query("after", Schema.text(), "the id behind which to go on"),
                Parameter.query(
                    "newest",
                    Schema.integer().between(0, MOST_NEWEST).byDefault(0),
                    "send so many that are there before what arrives, unless 'after' is given"),
                Parameter.header("Last-Event-ID", Schema.text(), "as 'after', and before it"))
            .answers(
                Reply.of(200, "text/event-stream", Schema.text(), "The events."),
                Reply.of(101, "", Schema.ANY, "The same over a WebSocket.")));
  }

  private Response stream(Request request) {
    Long newest = request.number("newest", 0, MOST_NEWEST);
    String last = request.header("Last-Event-ID");
    String after = last == null || last.isEmpty() ? request.query("after") : last;
    if (after != null && !CURSOR.matcher(after).matches()) {
      throw Problem.badRequest(
              "'after' is the id of a message of this stream: leave it out to begin anew")
          .exception();
    }
    if (hub.watchers() >= MOST_WATCHERS) {
      throw Problem.overloaded(
              "there are " + MOST_WATCHERS + " streams open already", Duration.ofSeconds(10))
          .exception();
    }
    return Response.of(
        200,
        "text/event-stream",
        new Watch(
            hub,
            reads,
            EventParameters.filter(request, clock),
            after == null ? null : new Cursor(after),
            newest == null ? 0 : newest.intValue(),
            beat.toNanos()));
  }

  @Override
  public void stopping() {
    hub.close();
  }

  @Override
  public void close() {
    hub.close();
    reads.close();
  }
}
