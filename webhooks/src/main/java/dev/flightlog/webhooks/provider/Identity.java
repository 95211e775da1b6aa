package dev.flightlog.webhooks.provider;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What tells one delivery from another.
 *
 * @param id the provider's id, the same whenever it sends the delivery again
 * @param event what happened, such as {@code issue_comment.created}
 * @param challenge what must be answered word for word, when the request asks for that
 */
public record Identity(String id, String event, Optional<String> challenge) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+=-]{0,127}");
  private static final Pattern EVENT = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]{0,127}");

  public Identity(String id, String event) {
    this(id, event, Optional.empty());
  }

  /** The delivery's id when it is a usable one. */
  static String id(Optional<String> told, String where) throws RefusedException {
    String id = told.orElse("");
    if (!ID.matcher(id).matches()) {
      throw RefusedException.malformed(
          where + " must hold the delivery's id: up to 128 letters, digits or ._:@+=-");
    }
    return id;
  }

  /** The event's name when it is a usable one. */
  static String event(Optional<String> told, String where) throws RefusedException {
    String event = told.orElse("");
    if (!EVENT.matcher(event).matches()) {
      throw RefusedException.malformed(
          where + " must hold the event's name: up to 128 letters, digits or _.:-");
    }
    return event;
  }

  /** An id for what has none: made of the body, which is the same when it is sent again. */
  static String ofBody(String bodyHash) {
    return "sha256-" + bodyHash.substring(0, 32);
  }
}
