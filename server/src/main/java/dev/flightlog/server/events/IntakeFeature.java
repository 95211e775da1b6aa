package dev.flightlog.server.events;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderStats;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/events}: one event, an array of them, or a line each, into the journal by the
 * recorder. Each is judged alone; those that are accepted survive a kill when the answer is given.
 */
public final class IntakeFeature implements Feature {
  private static final String NDJSON = "application/x-ndjson";

  /** How long a request's events are taken; what is left then is rejected, each by its number. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final FlightRecorder recorder;

  /**
   * @param recorder stays open
   */
  public IntakeFeature(FlightRecorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public String name() {
    return "intake";
  }

  @Override
  public String complaint() {
    String problem = recorder.stats().problem();
    return problem == null ? "" : "the journal: " + problem;
  }

  /** Of the server's recorder: always offered = written + dropped + pending. */
  @Override
  public List<MetricFamily> metrics() {
    RecorderStats stats = recorder.stats();
    return List.of(
        MetricFamily.counter(
                "flightlog_recorder_events_offered", "Events that this server was to record.")
            .value(stats.offered()),
        MetricFamily.counter("flightlog_recorder_events_written", "Of these, in the journal.")
            .value(stats.written()),
        MetricFamily.counter("flightlog_recorder_events_dropped", "Of these, nowhere.")
            .value(stats.dropped()),
        MetricFamily.gauge("flightlog_recorder_events_pending", "Of these, on their way.")
            .value(stats.pending()),
        MetricFamily.gauge("flightlog_recorder_failing", "1 when the journal has a problem.")
            .value(stats.problem() == null ? 0 : 1));
  }

  @Override
  public List<Route> routes() {
    Schema event =
        Schema.object()
            .always("event_type", Schema.text().example("task_request"))
            .property("id", Schema.text().meaning("a key of your own: sent twice, kept once"))
            .property("timestamp", Schema.time())
            .property("details", Schema.object());
    return List.of(
        Route.post("/v1/events", "Record events", this::record)
            .describe(
                "One event, an array, or one a line. The fields are those of a journal; others"
                    + " become details. An event has at most "
                    + Judgement.MOST_BYTES
                    + " bytes and "
                    + Judgement.MOST_VALUES
                    + " values.")
            .takes(Payload.of(event, "application/json", NDJSON, "application/jsonl"))
            .limits(Limits.DEFAULT.time(PATIENCE.plusSeconds(10)))
            .answers(
                Reply.json(
                    200,
                    Schema.object()
                        .always("accepted", Schema.integer())
                        .always(
                            "rejected",
                            Schema.listOf(
                                Schema.object()
                                    .always("line", Schema.integer())
                                    .always("error", Schema.text())))
                        .property(
                            "rejected_unlisted",
                            Schema.integer().meaning("rejected beyond those that are listed")),
                    "How many are on disk, and which are not; lines and elements count from 1."),
                Reply.problem(503, "The journal cannot be written to.")));
  }

  private Response record(Request request) {
    Judgement judgement = new Judgement(recorder, System.nanoTime() + PATIENCE.toNanos());
    byte[] body = request.body();
    JsonReader reader = new JsonReader();
    JsonException notOneValue = whole(reader, body);
    if (notOneValue == null && isArray(body)) {
      reader.reset(body, 0, body.length).enterArray();
      while (reader.nextElement()) {
        reader.skip();
        judgement.value(body, reader.start(), reader.end());
      }
    } else if (notOneValue == null) {
      judgement.value(body, 0, body.length);
    } else if (!lines(body, judgement)) {
      throw Problem.badRequest(
              "the body is neither JSON nor a JSON object a line: " + notOneValue.getMessage())
          .exception();
    }
    if (judgement.nothingCouldBeWritten()) {
      throw Problem.overloaded("the journal cannot be written to", Duration.ofSeconds(5))
          .exception();
    }
    return Response.value(200, judgement.answer());
  }

  /** Why the body is not exactly one JSON value; null when it is. Makes no objects of it. */
  private static @Nullable JsonException whole(JsonReader reader, byte[] body) {
    try {
      reader.reset(body, 0, body.length).skip();
      reader.finish();
      return null;
    } catch (JsonException e) {
      return e;
    }
  }

  private static boolean isArray(byte[] body) {
    return new JsonReader().reset(body, 0, body.length).peek() == JsonReader.Token.ARRAY;
  }

  /** Takes each line alone; false when the body is a single line that is no JSON. */
  private static boolean lines(byte[] body, Judgement judgement) {
    int from = 0;
    boolean several = Lines.end(body, 0, body.length) < body.length;
    while (several && from < body.length) {
      int to = Lines.end(body, from, body.length);
      judgement.line(body, from, to);
      from = to + 1;
    }
    return several;
  }
}
