package dev.flightlog.server.webhooks;

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
import dev.flightlog.webhooks.Answer;
import dev.flightlog.webhooks.Intake;
import dev.flightlog.webhooks.Webhooks;
import dev.flightlog.webhooks.signature.Headers;
import java.time.Duration;
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
            .limits(Limits.DEFAULT.body(Intake.MOST_BYTES))
            .access(Access.OPEN));
  }

  private Response take(Request request) {
    Answer answer =
        webhooks.receive(
            request.pathParameter("provider"), Headers.of(request::headers), request.body());
    if (!answer.isRefusal()) {
      return Response.of(answer.status(), answer.mediaType(), answer.text());
    }
    Duration retryAfter = answer.retryAfter();
    Problem problem =
        retryAfter == null
            ? Problem.of(answer.status(), answer.text())
            : Problem.overloaded(answer.text(), retryAfter);
    throw problem.exception();
  }
}
