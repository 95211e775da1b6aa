package dev.flightlog.server.otlp;

import dev.flightlog.formats.otlp.BadRecordException;
import dev.flightlog.formats.otlp.OtlpBytes;
import dev.flightlog.formats.otlp.Signal;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.recorder.FlightRecorder;
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
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /v1/traces}, {@code /v1/logs}, {@code /v1/metrics}: OTLP over HTTP as its
 * specification has it, in both encodings. What was accepted is in the journal, and survives a
 * kill, when the answer is given. Nothing here may be sent in vain: a request that was refused for
 * want of room can be sent again as a whole, since every event's id comes from the record.
 */
public final class OtlpFeature implements Feature {
  private static final Duration LATER = Duration.ofSeconds(5);

  /** Requests of one signal that are decoded at a time: more would only share the processors. */
  private static final int AT_A_TIME =
      Math.clamp(2L * Runtime.getRuntime().availableProcessors(), 4, 16);

  /** How long others wait in line, before they are 429. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final FlightRecorder recorder;
  private final Translators translators;

  /**
   * @param recorder stays open
   * @param settings how much of texts is kept, and what calls cost
   */
  public OtlpFeature(FlightRecorder recorder, ReaderSettings settings) {
    this.recorder = recorder;
    this.translators = new Translators(settings);
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(route(Signal.TRACES, "/v1/traces", "Record spans"));
    routes.add(route(Signal.LOGS, "/v1/logs", "Record log records and events"));
    routes.add(route(Signal.METRICS, "/v1/metrics", "Record data points of metrics"));
    return routes;
  }

  private Route route(Signal signal, String path, String summary) {
    return Route.post(path, summary, request -> answer(signal, request))
        .describe(
            "OTLP over HTTP, as protobuf or JSON, also gzip. A bad record costs itself and is told by"
                + " partial success; an answer 429 or 503 asks to send the whole again.")
        .takes(Payload.of(Schema.ANY, OtlpAnswers.PROTOBUF, OtlpAnswers.JSON))
        .limits(Limits.DEFAULT.time(Duration.ofSeconds(30)).atATime(AT_A_TIME, PATIENCE))
        .problems(OtlpAnswers::problem)
        .answers(
            Reply.json(200, Schema.object(), "What was not rejected is on disk."),
            Reply.json(429, Schema.object(), "Too many requests at a time."),
            Reply.json(503, Schema.object(), "The journal cannot be written to."));
  }

  private Response answer(Signal signal, Request request) {
    if (recorder.stats().problem() != null) {
      throw unwritable();
    }
    boolean json = OtlpAnswers.isJson(request.header("content-type"));
    byte[] body = request.body();
    try (Translators.Lease lease = translators.lease()) {
      JournalSink sink = new JournalSink(lease, recorder);
      try {
        if (body.length > 0 && json) {
          OtlpBytes.json(signal, body, 0, body.length, sink);
        } else if (body.length > 0) {
          OtlpBytes.protobuf(signal, body, 0, body.length, sink);
        }
      } catch (BadRecordException e) {
        throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
      } catch (JournalSink.StoppedException e) {
        throw unwritable();
      }
      if (!sink.finish()) {
        throw unwritable();
      }
      return OtlpAnswers.accepted(signal, json, lease.rows().refused(), lease.rows().reason());
    }
  }

  private static RuntimeException unwritable() {
    return Problem.overloaded("the journal cannot be written to", LATER).exception();
  }
}
