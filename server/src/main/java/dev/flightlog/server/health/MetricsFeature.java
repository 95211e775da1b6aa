package dev.flightlog.server.health;

import dev.flightlog.server.metrics.Counters;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.metrics.MetricsText;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code GET /metrics}: what every part tells about itself, for Prometheus. A part that cannot tell
 * costs itself alone, and is counted.
 */
public final class MetricsFeature implements Feature {
  private static final Logger LOG = Logger.getLogger(MetricsFeature.class.getName());

  private final List<Feature> features;
  private final Supplier<List<MetricFamily>> http;
  private final Counters failures =
      new Counters(
          "flightlog_metrics_failures", "How often a part could not tell its figures.", "part");

  /**
   * @param http what the server itself tells
   */
  public MetricsFeature(List<Feature> features, Supplier<List<MetricFamily>> http) {
    this.features = List.copyOf(features);
    this.http = http;
  }

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public List<Route> routes() {
    Reply[] replies = new Reply[MetricsText.Format.values().length];
    for (MetricsText.Format format : MetricsText.Format.values()) {
      replies[format.ordinal()] =
          Reply.of(200, format.mediaType().split(";", 2)[0], Schema.text(), "The metrics.");
    }
    return List.of(
        Route.get("/metrics", "Figures for Prometheus", this::metrics)
            .describe(
                "In the text format of Prometheus, or in OpenMetrics for who accepts it. The list"
                    + " of metrics is in docs/guide/operations.md.")
            .answers(replies));
  }

  private Response metrics(Request request) {
    String accept = String.join(",", request.headers("accept"));
    MetricsText.Format format = MetricsText.Format.accepted(accept);
    return Response.of(200, format.mediaType(), MetricsText.write(families(), format));
  }

  private List<MetricFamily> families() {
    List<MetricFamily> families = new ArrayList<>();
    for (Feature feature : features) {
      add(feature.name(), feature::metrics, families);
    }
    add("http", http, families);
    add("process", ProcessMetrics::now, families);
    families.add(failures.family());
    return families;
  }

  private void add(String part, Supplier<List<MetricFamily>> tells, List<MetricFamily> families) {
    try {
      families.addAll(tells.get());
    } catch (RuntimeException e) {
      failures.add(part);
      LOG.log(Level.FINE, part + " could not tell its figures", e);
    }
  }
}
