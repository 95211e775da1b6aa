package dev.flightlog.webhooks;

import java.util.Locale;

/** Why a request is not taken, as far as its sender can do something about it. */
public enum Refusal {
  /** No provider of this name has a secret. */
  UNKNOWN_PROVIDER,
  /** The body is larger than any provider's. */
  TOO_LARGE,
  /** The signature is missing, malformed, double, too old, or wrong. */
  UNSIGNED,
  /** It is signed, but is no delivery. */
  MALFORMED,
  /** It is signed, but its body has a form that is not read. */
  UNKNOWN_FORM;

  /** The word in events. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
