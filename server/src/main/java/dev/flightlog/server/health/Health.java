package dev.flightlog.server.health;

import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /health/live}: the process answers. {@code GET /health/ready}: every feature can do
 * its work, and the server is not stopping.
 */
public final class Health implements Feature {
  private static final Schema STATUS = Schema.object().always("status", Schema.text());

  private final List<Feature> features;
  private final BooleanSupplier stopping;

  public Health(List<Feature> features, BooleanSupplier stopping) {
    this.features = List.copyOf(features);
    this.stopping = stopping;
  }

  @Override
  public String name() {
    return "health";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/health/live", "The process answers", Health::live)
            .access(Access.OPEN)
            .answers(Reply.json(200, STATUS, "It does.")),
        Route.get("/health/ready", "Every part can do its work", this::ready)
            .answers(
                Reply.json(
                    200,
                    STATUS.property("complaints", Schema.object()),
                    "Requests may be sent here."),
                Reply.json(
                    503,
                    STATUS.always("complaints", Schema.object()),
                    "Not now: what is wrong, by part.")));
  }

  private static Response live(Request request) {
    return Response.json(200, "{\"status\":\"live\"}");
  }

  private Response ready(Request request) {
    Map<String, String> complaints = new LinkedHashMap<>();
    if (stopping.getAsBoolean()) {
      complaints.put("server", "it is stopping");
    }
    for (Feature feature : features) {
      String complaint = feature.complaint();
      if (!complaint.isEmpty()) {
        complaints.put(feature.name(), complaint);
      }
    }
    return complaints.isEmpty()
        ? Response.json(200, "{\"status\":\"ready\"}")
        : Response.value(503, Map.of("status", "not ready", "complaints", complaints))
            .header("Retry-After", "5");
  }
}
