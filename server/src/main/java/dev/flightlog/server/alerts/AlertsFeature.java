package dev.flightlog.server.alerts;

import dev.flightlog.alerts.state.Alert;
import dev.flightlog.alerts.state.AlertBook;
import dev.flightlog.event.Timestamps;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/alerts}: what fires now, and what is over; and acknowledging one. */
public final class AlertsFeature implements Feature {
  private static final Schema ALERT =
      Schema.object()
          .always("id", Schema.text())
          .always("state", Schema.oneOf(List.of("firing", "acknowledged", "resolved")))
          .always("rule", Schema.text())
          .always("severity", Schema.oneOf(List.of("warning", "critical")))
          .always("subject", Schema.text())
          .always("title", Schema.text())
          .always("detail", Schema.text())
          .always("since", Schema.time())
          .always("resolved_at", Schema.time().orNull())
          .always("acknowledged_at", Schema.time().orNull());
  private static final Reply ALL =
      Reply.json(
          200,
          Schema.object()
              .always("firing", Schema.integer())
              .always("unsent", Schema.integer().meaning("messages that wait to be sent"))
              .always("left_out", Schema.integer().meaning("messages that were given up"))
              .always("alerts", Schema.listOf(ALERT)),
          "Those that fire first, then those of the last seven days that are over.");

  private final AlertBook book;
  private final InstantSource clock;

  public AlertsFeature(AlertBook book, InstantSource clock) {
    this.book = book;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "alerts";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/alerts", "What people should know", request -> answer()).answers(ALL),
        Route.post("/api/alerts/{id}/ack", "Say that one knows of an alert", this::acknowledge)
            .with(Parameter.path("id", Schema.text(), "of an alert that fires"))
            .answers(ALL, Reply.problem(404, "No alert that fires has this id.")));
  }

  @Override
  public List<MetricFamily> metrics() {
    Map<String, Map<String, String>> labels = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    for (Alert alert : book.all()) {
      if (alert.isFiring()) {
        Map<String, String> of = new LinkedHashMap<>();
        of.put("rule", alert.condition().rule());
        of.put("severity", alert.condition().severity().word());
        labels.put(of.toString(), of);
        counts.merge(of.toString(), 1, Integer::sum);
      }
    }
    MetricFamily firing = MetricFamily.gauge("flightlog_alerts_firing", "Alerts that fire.");
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      firing = firing.value(labels.getOrDefault(each.getKey(), Map.of()), each.getValue());
    }
    return List.of(
        firing,
        MetricFamily.gauge("flightlog_alerts_unsent", "Messages that wait to be sent.")
            .value(book.waiting()),
        MetricFamily.counter("flightlog_alerts_left_out", "Messages that were given up.")
            .value(book.leftOut()));
  }

  private Response answer() {
    List<Alert> all = book.all();
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("firing", all.stream().filter(Alert::isFiring).count());
    answer.put("unsent", (long) book.waiting());
    answer.put("left_out", book.leftOut());
    answer.put("alerts", all.stream().map(Alert::values).toList());
    return Response.value(200, answer);
  }

  private Response acknowledge(Request request) {
    try {
      if (!book.acknowledge(request.pathParameter("id"), Timestamps.of(clock.instant()))) {
        throw Problem.notFound("no alert that fires has this id").exception();
      }
    } catch (IOException e) {
      throw Problem.of(503, "the alerts cannot be kept: " + e.getMessage()).exception();
    }
    return answer();
  }
}
