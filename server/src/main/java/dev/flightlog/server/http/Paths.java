package dev.flightlog.server.http;

import dev.flightlog.server.web.Access;
import dev.flightlog.server.web.Method;
import dev.flightlog.server.web.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which paths routes have, for what is decided before or without routing. Immutable. */
final class Paths {
  private record Entry(Pattern pattern, Route route) {}

  private final List<Entry> entries = new ArrayList<>();

  Paths(List<Route> routes) {
    for (Route route : routes) {
      entries.add(new Entry(pattern(route.path()), route));
    }
  }

  private static Pattern pattern(String path) {
    StringBuilder regex = new StringBuilder();
    for (String segment : path.substring(1).split("/", -1)) {
      regex.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(segment));
    }
    return Pattern.compile(regex.toString());
  }

  /** True when the path has routes, and all of them know their callers themselves. */
  boolean isOpen(String path) {
    boolean any = false;
    for (Entry entry : entries) {
      if (entry.pattern.matcher(path).matches()) {
        if (entry.route.access() != Access.OPEN) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** The methods that the path knows, as {@code Allow} lists them; empty when there is no such. */
  String allowed(String path) {
    Set<String> methods = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry.pattern.matcher(path).matches()) {
        methods.add(entry.route.method().name());
        if (entry.route.method() == Method.GET) {
          methods.add("HEAD");
        }
      }
    }
    return String.join(", ", methods);
  }
}
