package dev.flightlog.server.openapi;

import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Feature;
import dev.flightlog.server.web.Parameter;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Reply;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** {@code GET /api/openapi.json}: all routes as an OpenAPI 3.1 document. */
public final class OpenApi implements Feature {
  private static final Schema PROBLEM =
      Schema.object()
          .always("type", Schema.text().meaning("about:blank"))
          .always("title", Schema.text().meaning("the phrase of the status"))
          .always("status", Schema.integer().between(400, 599))
          .always("detail", Schema.text().meaning("what is wrong, and how to mend it"));

  private final Supplier<Map<String, List<Route>>> routes;

  /**
   * @param routes of all features by their names, this one too
   */
  public OpenApi(Supplier<Map<String, List<Route>>> routes) {
    this.routes = routes;
  }

  @Override
  public String name() {
    return "openapi";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get(
                "/api/openapi.json",
                "This document",
                request -> Response.value(200, document(routes.get())))
            .answers(Reply.json(200, Schema.object(), "An OpenAPI 3.1 document.")));
  }

  /** The document of these routes, as maps and lists. */
  static Map<String, Object> document(Map<String, List<Route>> routes) {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    List<Object> tags = new ArrayList<>();
    routes.forEach((feature, some) -> {
      tags.add(Map.of("name", feature));
      for (Route route : some) {
        paths
            .computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
            .put(route.method().name().toLowerCase(Locale.ROOT), operation(feature, route));
      }
    });
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.0");
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("title", "Flightlog");
    info.put("version", "1");
    info.put(
        "description",
        "What agents did, and the tasks they were given. Errors are RFC 9457 problem details.");
    document.put("info", info);
    document.put(
        "servers", List.of(Map.of("url", "/", "description", "where this document came from")));
    document.put("tags", tags);
    document.put("paths", paths);
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("type", "http");
    token.put("scheme", "bearer");
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("schemas", Map.of("Problem", PROBLEM.json()));
    components.put("securitySchemes", Map.of("token", token));
    document.put("components", components);
    return document;
  }

  private static Map<String, Object> operation(String feature, Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", operationId(route));
    operation.put("summary", route.summary());
    if (!route.description().isEmpty()) {
      operation.put("description", route.description());
    }
    operation.put("tags", List.of(feature));
    operation.put(
        "security",
        route.access() == Access.OPEN ? List.of() : List.of(Map.of("token", List.of()), Map.of()));
    if (!route.parameters().isEmpty()) {
      operation.put("parameters", route.parameters().stream().map(OpenApi::parameter).toList());
    }
    Payload payload = route.payload();
    if (payload != null) {
      Map<String, Object> content = new LinkedHashMap<>();
      payload.mediaTypes().forEach(type -> content.put(type, media(payload.schema())));
      operation.put("requestBody", requestBody(content));
    }
    operation.put("responses", responses(route));
    return operation;
  }

  private static Map<String, Object> requestBody(Map<String, Object> content) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("required", true);
    body.put("content", content);
    return body;
  }

  /** {@code get /api/tasks/{task_id}/logs/full} is {@code get_api_tasks_task_id_logs_full}. */
  private static String operationId(Route route) {
    String path = route.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    return route.method().name().toLowerCase(Locale.ROOT) + (path.isEmpty() ? "" : "_" + path);
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", parameter.name());
    json.put("in", parameter.place().name().toLowerCase(Locale.ROOT));
    json.put("required", parameter.required());
    json.put("description", parameter.meaning());
    json.put(
        "schema",
        parameter.repeated()
            ? Schema.listOf(parameter.schema()).json()
            : parameter.schema().json());
    return json;
  }

  private static Map<String, Object> responses(Route route) {
    Map<String, Map<String, Object>> responses = new TreeMap<>();
    for (Reply reply : route.replies()) {
      Map<String, Object> response =
          responses.computeIfAbsent(
              Integer.toString(reply.status()), status -> new LinkedHashMap<>());
      response.merge("description", reply.meaning(), (one, other) -> one + " Or: " + other);
      if (!reply.mediaType().isEmpty()) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (response.get("content") instanceof Map<?, ?> known) {
          known.forEach((type, schema) -> content.put(String.valueOf(type), schema));
        }
        content.put(reply.mediaType(), media(reply.schema()));
        response.put("content", content);
      }
    }
    Map<String, Object> all = new LinkedHashMap<>(responses);
    all.put("4XX", problem("The request is refused: " + refusals(route) + "."));
    all.put("5XX", problem("It cannot be answered now: 503 too busy; Retry-After tells when."));
    return all;
  }

  private static Map<String, Object> problem(String description) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("description", description);
    problem.put("content", Map.of(Problem.MEDIA_TYPE, media(Schema.ref("Problem"))));
    return problem;
  }

  private static String refusals(Route route) {
    return "400 bad request, "
        + (route.access() == Access.OPEN ? "" : "401 no token where one is needed, ")
        + "403 wrong Host or Origin"
        + (route.payload() == null ? "" : ", 408 too slow, 413 too large, 415 wrong type");
  }

  private static Map<String, Object> media(Schema schema) {
    return Map.of("schema", schema.json());
  }
}
