package dev.flightlog.server.mcp;

import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /mcp}: the tools of {@link McpTools} over streamable HTTP. One message a request, one
 * JSON object as its answer. There is nothing that the server would say by itself, so a GET, which
 * would listen for that, is a 405, as the protocol allows.
 */
public final class McpFeature implements Feature {
  private static final Limits LIMITS = Limits.DEFAULT.body(4 << 20).time(Duration.ofSeconds(60));

  private final McpTools tools;
  private final String version;

  /** Made for the first message: most servers never get one, and its libraries take a while. */
  private @Nullable McpMessages messages;

  /**
   * @param version what a client is told
   */
  public McpFeature(McpTools tools, String version) {
    this.tools = tools;
    this.version = version;
  }

  private synchronized McpMessages messages() {
    McpMessages known = messages;
    if (known == null) {
      known = new McpMessages(tools, version);
      messages = known;
    }
    return known;
  }

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/mcp", "Every question as a tool of the Model Context Protocol", this::answer)
            .describe(
                "Streamable HTTP: one JSON-RPC message a request. The revisions "
                    + String.join(", ", McpMessages.VERSIONS)
                    + "; those before 2026-07-28 begin with 'initialize'. Needs no session; one that was"
                    + " given with 'initialize' carries the client's name.")
            .with(
                Parameter.header(
                    McpMessages.VERSION,
                    Schema.oneOf(McpMessages.VERSIONS),
                    "the revision that is spoken"),
                Parameter.header(
                    McpMessages.METHOD,
                    Schema.text(),
                    "from 2026-07-28 on: the method of the message"),
                Parameter.header(
                    McpMessages.NAME, Schema.text(), "from 2026-07-28 on: the tool that is called"),
                Parameter.header(
                    McpSession.HEADER,
                    Schema.text(),
                    "before 2026-07-28: that of the answer to 'initialize'"))
            .takes(
                Payload.json(
                    Schema.object()
                        .always("jsonrpc", Schema.oneOf(List.of("2.0")))
                        .always("method", Schema.text().example("tools/call"))
                        .property("id", Schema.ANY)
                        .property("params", Schema.object())))
            .limits(LIMITS)
            .answers(
                Reply.json(200, Schema.object(), "The JSON-RPC response."),
                Reply.of(
                    200,
                    "text/event-stream",
                    Schema.text(),
                    "the same to a client that takes nothing else"),
                Reply.empty(202, "A notification was taken.")));
  }

  private Response answer(Request request) {
    McpMessages.Answered answered = messages().answer(request);
    if (answered.json().isEmpty()) {
      return Response.empty(answered.status());
    }
    Response response =
        isStreamOnly(request) && answered.status() == 200
            ? Response.of(
                200, "text/event-stream", "event: message\ndata: " + answered.json() + "\n\n")
            : Response.json(answered.status(), answered.json());
    return answered.session() == null
        ? response
        : response.header(McpSession.HEADER, answered.session());
  }

  private static boolean isStreamOnly(Request request) {
    String accept = request.header("Accept");
    String takes = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    return takes.contains("text/event-stream")
        && !takes.contains("application/json")
        && !takes.contains("application/*")
        && !takes.contains("*/*");
  }
}
