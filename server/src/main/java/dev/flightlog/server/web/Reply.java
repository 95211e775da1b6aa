package dev.flightlog.server.web;

/**
 * What a route may answer, for the document. Problems that every route can answer are added to it.
 *
 * @param mediaType empty when there is no body
 */
public record Reply(int status, String meaning, String mediaType, Schema schema) {
  public static Reply json(int status, Schema schema, String meaning) {
    return new Reply(status, meaning, "application/json", schema);
  }

  public static Reply of(int status, String mediaType, Schema schema, String meaning) {
    return new Reply(status, meaning, mediaType, schema);
  }

  public static Reply empty(int status, String meaning) {
    return new Reply(status, meaning, "", Schema.ANY);
  }

  public static Reply problem(int status, String meaning) {
    return new Reply(status, meaning, Problem.MEDIA_TYPE, Schema.ref("Problem"));
  }
}
