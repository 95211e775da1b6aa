package dev.flightlog.server.webhooks;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.server.metrics.MetricFamily;
import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.webhooks.DeliveryIntake;
import dev.flightlog.webhooks.Receipt;
import dev.flightlog.webhooks.Refusal;
import dev.flightlog.webhooks.Webhooks;
import dev.flightlog.webhooks.signature.Headers;
import java.util.List;

/**
 * {@code POST /webhooks/{provider}}. Needs no token: the signature tells who sends. What is
 * answered with 200 is on disk, and handled once, later.
 */
public final class WebhooksFeature implements Feature {
  private final Webhooks webhooks;

  /** Stays open. */
  public WebhooksFeature(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public List<MetricFamily> metrics() {
    DeliveryIntake.Counts counts = webhooks.counts();
    return List.of(
        MetricFamily.counter(
                "flightlog_webhook_deliveries", "Webhook deliveries since the start, by outcome.")
            .value("outcome", "accepted", counts.accepted())
            .value("outcome", "duplicate", counts.duplicates())
            .value("outcome", "refused", counts.refused()));
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/webhooks/{provider}", "Take a webhook", this::take)
            .describe(
                "Signed by the provider. Answered once it is on disk; the same delivery, sent"
                    + " again, is a duplicate and changes nothing.")
            .with(
                Parameter.path(
                    "provider", Schema.text(), "github, slack, jira, or a configured one"))
            .takes(Payload.raw(Schema.ANY, "application/json", "application/x-www-form-urlencoded"))
            .answers(
                Reply.json(200, Schema.ANY, "kept, or known already"),
                Reply.problem(401, "missing, malformed, double or wrong signature"),
                Reply.problem(404, "no provider of this name has a secret"))
            .limits(Limits.DEFAULT.body(DeliveryIntake.MOST_BYTES))
            .access(Access.OPEN));
  }

  @Override
  public String complaint() {
    return webhooks.complaint().orElse("");
  }

  private Response take(Request request) {
    Receipt receipt =
        webhooks.receive(
            request.pathParameter("provider"), Headers.of(request::headers), request.body());
    return switch (receipt) {
      case Receipt.Kept kept -> Response.json(200, kept(kept));
      case Receipt.Challenged challenged ->
          Response.of(200, "text/plain; charset=utf-8", challenged.challenge());
      case Receipt.Refused refused ->
          throw Problem.of(status(refused.refusal()), refused.reason()).exception();
      case Receipt.Later later ->
          throw Problem.overloaded(later.reason(), later.after()).exception();
    };
  }

  private static int status(Refusal refusal) {
    return switch (refusal) {
      case UNKNOWN_PROVIDER -> 404;
      case TOO_LARGE -> 413;
      case UNSIGNED -> 401;
      case MALFORMED -> 400;
      case UNKNOWN_FORM -> 415;
    };
  }

  private static String kept(Receipt.Kept kept) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("status").string(kept.isNew() ? "accepted" : "duplicate");
    json.key("delivery_id").string(kept.deliveryId());
    return json.endObject().toString();
  }
}
