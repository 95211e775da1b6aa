package dev.flightlog.server.hooks;

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
import java.util.List;
import java.util.Optional;

/**
 * {@code POST /hooks/{program}}: what an agent tells its hooks. The answer decides nothing and
 * comes at once; a session is not told when the journal cannot be written to, readiness is.
 */
public final class HooksFeature implements Feature {
  private final Receiver receiver;
  private volatile String problem = "";

  /** Who takes what hooks tell; called by many threads at once. */
  public interface Receiver {
    /**
     * Takes one report.
     *
     * @return why it was refused; empty when it was taken
     * @throws UnwrittenException when it cannot be kept now
     */
    Optional<String> take(String program, byte[] body) throws UnwrittenException;
  }

  /** The journal cannot be written to. */
  public static final class UnwrittenException extends Exception {
    private static final long serialVersionUID = 1;

    public UnwrittenException(String message) {
      super(message, null, false, false);
    }
  }

  public HooksFeature(Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public String name() {
    return "hooks";
  }

  @Override
  public String complaint() {
    return problem;
  }

  @Override
  public List<Route> routes() {
    Schema told =
        Schema.object()
            .always("hook_event_name", Schema.text().example("PostToolUse"))
            .always("session_id", Schema.text());
    return List.of(
        Route.post("/hooks/{program}", "Take what a hook of an agent is told", this::take)
            .describe(
                "For hooks of type http: flightlog install claude --http. What is told meets the"
                    + " transcript and the telemetry of the session on the same events.")
            .with(Parameter.path("program", Schema.text(), "claude, codex, gemini or copilot"))
            .takes(Payload.of(told, "application/json"))
            .limits(Limits.DEFAULT.body(4 << 20))
            .answers(
                Reply.json(200, Schema.object(), "An empty object: nothing is decided here."),
                Reply.problem(400, "It is nothing that a hook tells.")));
  }

  private Response take(Request request) {
    try {
      Optional<String> refused = receiver.take(request.pathParameter("program"), request.body());
      problem = "";
      if (refused.isPresent()) {
        throw Problem.badRequest(refused.get()).exception();
      }
    } catch (UnwrittenException e) {
      problem = "what hooks tell is lost: " + e.getMessage();
    }
    return Response.json(200, "{}");
  }
}
