package dev.flightlog.server.http;

import dev.flightlog.server.metrics.Counters;
import dev.flightlog.server.metrics.Histograms;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Route;
import java.util.List;

/** Counts requests by their route, and how long it took until their answer was there. */
final class HttpMetrics {
  private final Counters requests =
      new Counters(
          "flightlog_http_requests",
          "Requests by method, route and status; those that were refused before they reached a"
              + " route have the route 'none'.",
          "method",
          "route",
          "status");
  private final Histograms durations =
      new Histograms(
          "flightlog_http_request_duration_seconds",
          "Time from the head of a request until its answer was ready to be sent.",
          "method",
          "route");

  void answered(Route route, int status, long nanos) {
    requests.add(route.method().name(), route.path(), String.valueOf(status));
    durations.record(nanos, route.method().name(), route.path());
  }

  void refused(int status) {
    requests.add("none", "none", String.valueOf(status));
  }

  List<MetricFamily> families(int underWay, int waiting) {
    return List.of(
        requests.family(),
        durations.family(),
        MetricFamily.gauge("flightlog_http_requests_in_flight", "Requests that are not answered.")
            .value(underWay),
        MetricFamily.gauge("flightlog_http_requests_waiting", "Requests that wait for a thread.")
            .value(waiting));
  }
}
