package dev.flightlog.server.stats;

import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.tasks.PeriodicThread;
import dev.flightlog.tasks.live.MetricsFile;
import dev.flightlog.tasks.live.StatsForms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/stats}: requests, outcomes, success and time of tasks in the last 1, 5 and 60
 * minutes and altogether. The windows are also written to a CSV file from time to time, if wanted.
 */
public final class StatsFeature implements Feature {
  private static final Schema AGENT =
      Schema.object()
          .always("agent", Schema.text())
          .always("outcomes", Schema.integer())
          .always("succeeded", Schema.integer())
          .always("success_rate", Schema.number().orNull().meaning("0 to 1"))
          .always("p50_ms", Schema.integer().orNull())
          .always("p95_ms", Schema.integer().orNull())
          .always("p99_ms", Schema.integer().orNull());
  private static final Schema WINDOW =
      Schema.object()
          .always("window", Schema.oneOf(List.of("1m", "5m", "60m", "all")))
          .always("requests", Schema.integer())
          .always("outcomes", Schema.integer())
          .always("succeeded", Schema.integer())
          .always("success_rate", Schema.number().orNull().meaning("0 to 1"))
          .always("requests_per_minute", Schema.number().orNull())
          .always("p50_ms", Schema.integer().orNull())
          .always("p95_ms", Schema.integer().orNull())
          .always("p99_ms", Schema.integer().orNull())
          .always("agents", Schema.listOf(AGENT));

  private final TaskFigures figures;
  private final @Nullable PeriodicThread timer;
  private volatile String problem = "";

  /** Without a file. */
  public StatsFeature(TaskFigures figures) {
    this.figures = figures;
    this.timer = null;
  }

  /** Appends the windows to a file, beginning one span from now. */
  public StatsFeature(TaskFigures figures, Path csv, Duration every) {
    this.figures = figures;
    MetricsFile file = new MetricsFile(csv);
    // What goes wrong is the complaint of this feature.
    timer =
        new PeriodicThread("flightlog-metrics", _ -> {})
            .every(every, every, "writing the metrics of tasks", () -> write(file));
  }

  private void write(MetricsFile file) {
    try {
      file.append(figures.windows(null));
      problem = "";
    } catch (IOException | RuntimeException e) {
      problem = "the file of task metrics cannot be written: " + e.getMessage();
    }
  }

  @Override
  public String name() {
    return "stats";
  }

  @Override
  public String complaint() {
    return problem;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/stats", "How tasks are doing", this::stats)
            .describe(
                "Windows end now and are up to 15 seconds longer than their name says; their"
                    + " percentiles are within 5 %.")
            .with(Parameter.query("agent", Schema.text(), "only of this agent"))
            .answers(
                Reply.json(
                    200,
                    Schema.object()
                        .always("at", Schema.time())
                        .always("windows", Schema.listOf(WINDOW)),
                    "The windows, shortest first, then all time.")));
  }

  private Response stats(Request request) {
    return Response.value(200, StatsForms.map(figures.all(request.query("agent"))));
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.close();
    }
  }
}
