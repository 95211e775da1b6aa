package dev.flightlog.server.sharing;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.sharing.HtmlPage;
import dev.flightlog.analysis.sharing.MarkdownPage;
import dev.flightlog.analysis.sharing.SharedSession;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code GET /api/sessions/{session}/export}: a session as one HTML or Markdown file, to be saved;
 * and what will be in it.
 */
public final class SharingFeature implements Feature {
  private static final Parameter SESSION = Parameter.path("session", Schema.text(), "its id");

  private final Function<String, SharedSession> sessions;
  private final Supplier<Dates> dates;

  /**
   * @param sessions finds a session by its id, or throws {@link NotFoundException}; called by many
   *     threads
   * @param dates the zone of times in the file
   */
  public SharingFeature(Function<String, SharedSession> sessions, Supplier<Dates> dates) {
    this.sessions = sessions;
    this.dates = dates;
  }

  @Override
  public String name() {
    return "sharing";
  }

  @Override
  public List<Route> routes() {
    Reply none = Reply.problem(404, "There is no such session.");
    return List.of(
        Route.get("/api/sessions/{session}/export", "A session as one file", this::export)
            .describe(
                "Redacted again, self-contained, without scripts. Read it before you give it away.")
            .with(
                SESSION,
                Parameter.query(
                    "format",
                    Schema.oneOf(List.of("html", "markdown")).byDefault("html"),
                    "of the file"))
            .limits(Limits.DEFAULT.time(Duration.ofSeconds(30)))
            .answers(
                Reply.of(200, "text/html", Schema.text(), "The file."),
                Reply.of(200, "text/markdown", Schema.text(), "The file."),
                none),
        Route.get(
                "/api/sessions/{session}/export/review",
                "What will be in this file",
                request -> Response.value(200, session(request).review()))
            .with(SESSION)
            .limits(Limits.DEFAULT.time(Duration.ofSeconds(30)))
            .answers(Reply.json(200, Schema.object(), "Figures, and the first words."), none));
  }

  private Response export(Request request) {
    String format = request.query("format");
    boolean markdown = "markdown".equals(format);
    if (format != null && !markdown && !format.equals("html")) {
      throw Problem.badRequest("'format' is html or markdown").exception();
    }
    SharedSession session = session(request);
    String type = markdown ? "text/markdown; charset=utf-8" : "text/html; charset=utf-8";
    String page =
        markdown ? MarkdownPage.of(session, dates.get()) : HtmlPage.of(session, dates.get());
    String name =
        request.pathParameter("session").replaceAll("[^A-Za-z0-9._-]", "-")
            + (markdown ? ".md" : ".html");
    return Response.of(200, type, page)
        .header("Content-Disposition", "attachment; filename=\"session-" + name + "\"")
        .header("Content-Security-Policy", HtmlPage.POLICY + "; sandbox");
  }

  private SharedSession session(Request request) {
    try {
      return sessions.apply(request.pathParameter("session"));
    } catch (NotFoundException e) {
      throw Problem.notFound(String.valueOf(e.getMessage())).exception();
    }
  }
}
