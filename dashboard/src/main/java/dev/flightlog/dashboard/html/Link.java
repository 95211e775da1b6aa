package dev.flightlog.dashboard.html;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place on this server: a path, a query, and a part of the page. What varies stands in the query,
 * percent-encoded, so that no text of a log can lead elsewhere. Immutable.
 */
public final class Link {
  private final String path;
  private final Map<String, String> query;
  private final String part;

  private Link(String path, Map<String, String> query, String part) {
    this.path = path;
    this.query = query;
    this.part = part;
  }

  /**
   * A path of ours.
   *
   * @throws IllegalArgumentException when it is not one on this server
   */
  public static Link to(String path) {
    boolean ours = path.startsWith("/") && !path.contains("//") && !path.contains("..");
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      ours &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "/._-".indexOf(c) >= 0;
    }
    if (!ours) {
      throw new IllegalArgumentException("no path of this server: " + path);
    }
    return new Link(path, Map.of(), "");
  }

  /** A part of the same page. */
  public static Link within(String id) {
    return new Link("", Map.of(), id);
  }

  /** The same with a parameter; one that is null or empty is taken out. */
  public Link with(String name, @Nullable String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    if (value == null || value.isEmpty()) {
      more.remove(name);
    } else {
      more.put(name, value);
    }
    return new Link(path, more, part);
  }

  /** The same at a part of the page. */
  public Link at(String id) {
    return new Link(path, query, id);
  }

  /** As a browser follows it. */
  public String text() {
    StringBuilder out = new StringBuilder(path);
    query.forEach((name, value) ->
        out.append(out.indexOf("?") < 0 ? '?' : '&')
            .append(encoded(name))
            .append('=')
            .append(encoded(value)));
    return part.isEmpty() ? out.toString() : out.append('#').append(encoded(part)).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text();
  }
}
