package dev.flightlog.server.events;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.Level;
import dev.flightlog.server.Feature;
import dev.flightlog.server.Payload;
import dev.flightlog.server.Problem;
import dev.flightlog.server.Reply;
import dev.flightlog.server.Request;
import dev.flightlog.server.Response;
import dev.flightlog.server.Route;
import dev.flightlog.server.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/events}: one event, an array of them, or a line each, into the journal by the
 * recorder. Each is judged alone; those that are accepted survive a kill when the answer is given.
 */
public final class IntakeFeature implements Feature {
  private static final String NDJSON = "application/x-ndjson";

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
                    + " become details.")
            .takes(Payload.of(event, "application/json", NDJSON, "application/jsonl"))
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
                                    .always("error", Schema.text()))),
                    "How many are on disk, and which are not; lines and elements count from 1."),
                Reply.problem(503, "The journal cannot be written to.")));
  }

  private Response record(Request request) {
    Judged judged = new Judged();
    byte[] body = request.body();
    try {
      Object value = value(body, 0, body.length);
      if (value instanceof List<?> all) {
        for (Object each : all) {
          judged.take(each);
        }
      } else {
        judged.take(value);
      }
    } catch (JsonException notOneValue) {
      if (!lines(body, judged)) {
        throw Problem.badRequest(
                "the body is neither JSON nor a JSON object a line: " + notOneValue.getMessage())
            .exception();
      }
    }
    if (judged.failed > 0 && judged.accepted == 0) {
      throw Problem.overloaded("the journal cannot be written to", Duration.ofSeconds(5))
          .exception();
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("accepted", judged.accepted);
    answer.put("rejected", judged.rejected);
    return Response.value(200, answer);
  }

  /** Takes each line alone; false when the body is a single line that is no JSON. */
  private static boolean lines(byte[] body, Judged judged) {
    int from = 0;
    int count = 0;
    while (from < body.length) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      count++;
      judged.line(body, from, to);
      from = to + 1;
    }
    return count > 1;
  }

  private static @Nullable Object value(byte[] bytes, int from, int to) {
    JsonReader reader = new JsonReader().reset(bytes, from, to);
    Object value = reader.value();
    reader.finish();
    return value;
  }

  /** What became of the events of one request. */
  private final class Judged {
    private long accepted;
    private long failed;
    private long number;
    private final List<Map<String, @Nullable Object>> rejected = new ArrayList<>();

    void line(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] > ' ' || bytes[i] < 0) {
          try {
            take(value(bytes, from, to));
          } catch (JsonException e) {
            number++;
            reject("it is not JSON: " + e.getMessage());
          }
          return;
        }
      }
      number++;
    }

    void take(@Nullable Object value) {
      number++;
      try {
        Level reached = ReceivedEvent.of(value).log(recorder);
        if (reached.compareTo(Level.WRITTEN) >= 0) {
          accepted++;
        } else {
          failed++;
          reject("the journal cannot be written to; send it again");
        }
      } catch (ReceivedEvent.WrongException e) {
        reject(String.valueOf(e.getMessage()));
      }
    }

    private void reject(String error) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("line", number);
      one.put("error", error);
      rejected.add(one);
    }
  }
}
