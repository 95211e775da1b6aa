package dev.flightlog.server.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One route as data: what it is called by, what it takes and answers, and who handles it. The
 * router and the OpenAPI document are both made from it. Immutable.
 *
 * @param path segments, {@code {name}} for one that varies
 * @param summary half a line, for lists
 * @param description some sentences; may be empty
 * @param payload null when it takes no body
 * @param problems how problems of the request are told once it was routed
 */
public record Route(
    Method method,
    String path,
    String summary,
    String description,
    List<Parameter> parameters,
    @Nullable Payload payload,
    List<Reply> replies,
    Limits limits,
    Access access,
    Handler handler,
    ProblemForm problems) {
  private static final Pattern SEGMENT = Pattern.compile("\\{([a-z_]+)}");

  public Route {
    parameters = List.copyOf(parameters);
    replies = List.copyOf(replies);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + path);
    }
  }

  public static Route get(String path, String summary, Handler handler) {
    return of(Method.GET, path, summary, handler);
  }

  public static Route post(String path, String summary, Handler handler) {
    return of(Method.POST, path, summary, handler);
  }

  public static Route of(Method method, String path, String summary, Handler handler) {
    return new Route(
        method,
        path,
        summary,
        "",
        List.of(),
        null,
        List.of(),
        Limits.DEFAULT,
        Access.TOKEN,
        handler,
        (problem, type) -> problem.response());
  }

  public Route describe(String text) {
    return new Route(
        method,
        path,
        summary,
        text,
        parameters,
        payload,
        replies,
        limits,
        access,
        handler,
        problems);
  }

  /** The same with more parameters. */
  public Route with(Parameter... more) {
    List<Parameter> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Route(
        method,
        path,
        summary,
        description,
        all,
        payload,
        replies,
        limits,
        access,
        handler,
        problems);
  }

  public Route takes(Payload body) {
    return new Route(
        method,
        path,
        summary,
        description,
        parameters,
        body,
        replies,
        limits,
        access,
        handler,
        problems);
  }

  /** The same with more replies. */
  public Route answers(Reply... more) {
    List<Reply> all = new ArrayList<>(replies);
    all.addAll(List.of(more));
    return new Route(
        method,
        path,
        summary,
        description,
        parameters,
        payload,
        all,
        limits,
        access,
        handler,
        problems);
  }

  public Route limits(Limits other) {
    return new Route(
        method,
        path,
        summary,
        description,
        parameters,
        payload,
        replies,
        other,
        access,
        handler,
        problems);
  }

  public Route access(Access other) {
    return new Route(
        method,
        path,
        summary,
        description,
        parameters,
        payload,
        replies,
        limits,
        other,
        handler,
        problems);
  }

  /** The same, with problems told in another form. */
  public Route problems(ProblemForm form) {
    return new Route(
        method,
        path,
        summary,
        description,
        parameters,
        payload,
        replies,
        limits,
        access,
        handler,
        form);
  }

  /** How a protocol tells problems. */
  @FunctionalInterface
  public interface ProblemForm {
    /**
     * The answer that tells it.
     *
     * @param contentType of the request; null when it has none
     */
    Response of(Problem problem, @Nullable String contentType);
  }

  /** The names in the path, in order. */
  public List<String> pathNames() {
    List<String> names = new ArrayList<>();
    Matcher matcher = SEGMENT.matcher(path);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** True when its messages may be asked for over a WebSocket: it has a reply 101. */
  public boolean isSocket() {
    return replies.stream().anyMatch(reply -> reply.status() == 101);
  }

  /** True when the body is handed over as it was sent. */
  public boolean isRaw() {
    return payload != null && payload.raw();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
