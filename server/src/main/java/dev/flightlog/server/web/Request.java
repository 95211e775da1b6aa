package dev.flightlog.server.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came in, complete: the body has been read. Immutable but for the array of the body, which
 * nobody may change.
 */
public final class Request {
  private final Method method;
  private final String path;
  private final Map<String, String> pathParameters;
  private final Map<String, List<String>> query;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  private Request(
      Method method,
      String path,
      Map<String, String> pathParameters,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.pathParameters = pathParameters;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  /**
   * A whole one.
   *
   * @param headers the names in lower case
   */
  public static Request of(
      Method method,
      String path,
      Map<String, String> pathParameters,
      Map<String, List<String>> query,
      Map<String, List<String>> headers,
      byte[] body) {
    return new Request(
        method, path, Map.copyOf(pathParameters), Map.copyOf(query), Map.copyOf(headers), body);
  }

  /** A bare one; the following add to it. */
  public static Request of(Method method, String path) {
    return new Request(method, path, Map.of(), Map.of(), Map.of(), new byte[0]);
  }

  public Request pathParameter(String name, String value) {
    Map<String, String> more = new TreeMap<>(pathParameters);
    more.put(name, value);
    return new Request(method, path, more, query, headers, body);
  }

  /** The same with one more query parameter. */
  public Request query(String name, String value) {
    return new Request(method, path, pathParameters, added(query, name, value), headers, body);
  }

  /** The same with one more header line. */
  public Request header(String name, String value) {
    return new Request(
        method,
        path,
        pathParameters,
        query,
        added(headers, name.toLowerCase(Locale.ROOT), value),
        body);
  }

  public Request body(byte[] bytes) {
    return new Request(method, path, pathParameters, query, headers, bytes);
  }

  private static Map<String, List<String>> added(
      Map<String, List<String>> known, String name, String value) {
    Map<String, List<String>> more = new TreeMap<>(known);
    List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
    values.add(value);
    more.put(name, List.copyOf(values));
    return more;
  }

  public Method method() {
    return method;
  }

  /** Decoded, without the query. */
  public String path() {
    return path;
  }

  /** The segment that stands for {@code {name}}, decoded. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no {" + name + "}");
    }
    return value;
  }

  /** The last value of a query parameter; null when it is absent or empty. */
  public @Nullable String query(String name) {
    List<String> values = queries(name);
    return values.isEmpty() || values.getLast().isEmpty() ? null : values.getLast();
  }

  /** All values of a query parameter, in order. */
  public List<String> queries(String name) {
    return query.getOrDefault(name, List.of());
  }

  /**
   * A query parameter that is a whole number, or null.
   *
   * @throws ProblemException 400 when it is none from {@code least} to {@code most}
   */
  public @Nullable Long number(String name, long least, long most) {
    String text = query(name);
    if (text == null) {
      return null;
    }
    boolean digits = text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || Long.parseLong(text) < least || Long.parseLong(text) > most) {
      throw Problem.badRequest(
              "'"
                  + name
                  + "' is a whole number from "
                  + least
                  + " to "
                  + most
                  + ", not '"
                  + text
                  + "'")
          .exception();
    }
    return Long.valueOf(text);
  }

  /** The value of the first header line of that name, in any case; null when there is none. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /** The values of all header lines of that name, in order: a double one can be told. */
  public List<String> headers(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /** The body: as it was sent for a raw {@link Payload}, else decoded. Empty without one. */
  public byte[] body() {
    return body;
  }

  /**
   * The body as JSON.
   *
   * @throws ProblemException 400 when it is not exactly one JSON value, is nested deeper than
   *     {@link Json#MAX_DEPTH}, or has a key twice
   */
  public JsonNode json() {
    return Json.parse(body);
  }
}
