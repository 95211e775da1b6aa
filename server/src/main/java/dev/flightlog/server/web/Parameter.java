package dev.flightlog.server.web;

/**
 * Something a route takes besides its body.
 *
 * @param repeated may be given several times; only in the query
 */
public record Parameter(
    String name, Place place, boolean required, boolean repeated, Schema schema, String meaning) {
  /** Where it stands. */
  public enum Place {
    PATH,
    QUERY,
    HEADER
  }

  /** A segment of the path, {@code {name}} there. */
  public static Parameter path(String name, Schema schema, String meaning) {
    return new Parameter(name, Place.PATH, true, false, schema, meaning);
  }

  /** An optional parameter of the query; a query parameter that no route names is a 400. */
  public static Parameter query(String name, Schema schema, String meaning) {
    return new Parameter(name, Place.QUERY, false, false, schema, meaning);
  }

  /** An optional header. */
  public static Parameter header(String name, Schema schema, String meaning) {
    return new Parameter(name, Place.HEADER, false, false, schema, meaning);
  }

  public Parameter needed() {
    return new Parameter(name, place, true, repeated, schema, meaning);
  }

  public Parameter many() {
    return new Parameter(name, place, required, true, schema, meaning);
  }
}
