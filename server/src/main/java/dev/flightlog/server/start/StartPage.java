package dev.flightlog.server.start;

import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Request;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import dev.flightlog.wording.Markup;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code GET /api}: a plain page that says what is served here. Made from the routes; a route
 * without parameters that must be given is a link.
 */
public final class StartPage implements Feature {
  private static final String HTML = "text/html; charset=utf-8";

  private final Supplier<Map<String, List<Route>>> routes;

  /**
   * @param routes all that is registered, by feature; asked for at every request
   */
  public StartPage(Supplier<Map<String, List<Route>>> routes) {
    this.routes = routes;
  }

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api", "What is served here", this::page)
            .answers(Reply.of(200, "text/html", Schema.text(), "A page for people.")));
  }

  private Response page(Request request) {
    StringBuilder out =
        new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .append("<title>Flightlog</title></head><body>\n<h1>Flightlog</h1>\n")
            .append("<p>What your agents did, and the tasks they were given. ")
            .append("For programs: <a href=\"/api/openapi.json\">OpenAPI</a>.</p>\n");
    routes.get().forEach((feature, some) -> section(feature, some, out));
    return Response.of(200, HTML, out.append("</body></html>\n").toString());
  }

  private static void section(String feature, List<Route> routes, StringBuilder out) {
    out.append("<h2>");
    Markup.html(feature, out);
    out.append("</h2>\n<ul>\n");
    for (Route route : routes) {
      out.append("<li>");
      if (isLink(route)) {
        out.append("<a href=\"");
        Markup.html(route.path(), out);
        out.append("\">");
        Markup.html(route.path(), out);
        out.append("</a>");
      } else {
        out.append(route.method()).append(' ');
        Markup.html(route.path(), out);
      }
      out.append(": ");
      Markup.html(route.summary(), out);
      out.append("</li>\n");
    }
    out.append("</ul>\n");
  }

  private static boolean isLink(Route route) {
    return route.method() == Method.GET
        && route.parameters().stream().noneMatch(Parameter::required);
  }
}
