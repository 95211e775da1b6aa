package dev.flightlog.server.web;

import dev.flightlog.server.metrics.MetricFamily;
import java.util.List;

/**
 * A part of the server: some routes and what they need. Registering it is all there is to do; the
 * server guards, limits, and documents its routes. Handlers are called by many threads at once.
 */
public interface Feature extends AutoCloseable {
  /** One word; groups its routes in the OpenAPI document. */
  String name();

  /** Asked for once, at the start. */
  List<Route> routes();

  /**
   * What is wrong when this part cannot do its work now; empty when it can. Asked by {@code GET
   * /health/ready}; cheap, never throws.
   */
  default String complaint() {
    return "";
  }

  /** What it tells of itself to {@code GET /metrics}, as it is now. May block for a moment. */
  default List<MetricFamily> metrics() {
    return List.of();
  }

  /**
   * The server begins to stop and waits for what is under way: streams without an end of their own
   * are to end. Called once, before {@link #close}; must not block.
   */
  default void stopping() {}

  /** Frees what it opened; called after the last request has been answered. */
  @Override
  default void close() {}
}
