package dev.flightlog.webhooks.provider;

import java.util.Optional;

/**
 * Who said it; never a program.
 *
 * @param name login, user id or account id; empty when the payload tells none
 * @param association what the provider says of the speaker's place, such as {@code MEMBER}
 * @param mayBeHidden true when the speaker may be a member although the association does not say so
 */
public record Speaker(String name, Optional<String> association, boolean mayBeHidden) {
  /** A speaker of whom the provider tells nothing more. */
  public static Speaker named(String name) {
    return new Speaker(name, Optional.empty(), false);
  }
}
