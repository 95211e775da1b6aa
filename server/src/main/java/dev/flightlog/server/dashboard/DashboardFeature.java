package dev.flightlog.server.dashboard;

import dev.flightlog.dashboard.assets.Asset;
import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Etag;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pages for people at {@code /}, and the files that these name. */
public final class DashboardFeature implements Feature {
  private final KeptAnswers kept;
  private final List<PageRoutes> pages;

  /**
   * @param fresh where the pages about events get what they show
   * @param tasks what is shown of tasks, and done with them; its queue stays open
   * @param rules what is shown of rules, and decided about them
   */
  public DashboardFeature(DashboardData fresh, TaskActions tasks, RuleActions rules) {
    kept = new KeptAnswers(fresh);
    DashboardData data = kept.data();
    pages =
        List.of(
            new NowRoutes(data, tasks),
            new SessionRoutes(data),
            new WorkRoutes(data),
            new RunRoutes(data),
            new TaskRoutes(data, tasks),
            new RuleRoutes(data, rules),
            new SearchRoutes(data),
            new HealthRoutes(data),
            new SignIn(data));
  }

  @Override
  public void close() {
    kept.close();
  }

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    pages.forEach(some -> routes.addAll(some.routes()));
    routes.add(
        Route.get("/assets/{file}", "What pages name", DashboardFeature::asset)
            .with(Parameter.path("file", Schema.text(), "the name of the file"))
            .access(Access.OPEN)
            .answers(
                Reply.of(200, "*/*", Schema.text(), "The file."),
                Reply.empty(304, "As in If-None-Match."),
                Reply.problem(404, "There is no such file.")));
    return routes;
  }

  private static Response asset(Request request) {
    Asset asset =
        Asset.named(request.pathParameter("file"))
            .orElseThrow(() -> Problem.notFound("there is no such file").exception());
    Etag etag = new Etag('"' + asset.hash().substring(0, 32) + '"');
    Response answer =
        etag.isKnownTo(request)
            ? Response.empty(304)
            : new Response(
                200, Map.of("Content-Type", asset.mediaType()), new Content.Bytes(asset.bytes()));
    return answer.header("ETag", etag.text()).header("Cache-Control", "no-cache");
  }
}
