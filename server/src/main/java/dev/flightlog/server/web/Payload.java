package dev.flightlog.server.web;

import java.util.List;

/**
 * The body that a route takes.
 *
 * @param mediaTypes another one is a 415
 * @param raw true when the handler gets the bytes as they were sent, whatever their type and
 *     encoding, and judges everything but the size itself: for signatures
 */
public record Payload(List<String> mediaTypes, Schema schema, boolean raw) {
  public Payload {
    mediaTypes = List.copyOf(mediaTypes);
  }

  public static Payload json(Schema schema) {
    return new Payload(List.of("application/json"), schema, false);
  }

  /** Of any of these types, decoded when it is gzip. */
  public static Payload of(Schema schema, String... mediaTypes) {
    return new Payload(List.of(mediaTypes), schema, false);
  }

  /** The bytes as they were sent; the types are only documented. */
  public static Payload raw(Schema schema, String... mediaTypes) {
    return new Payload(List.of(mediaTypes), schema, true);
  }
}
