package dev.flightlog.webhooks.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;

/** A sender of webhooks, as its documentation describes it. Immutable, safe for any thread. */
public abstract class Provider {
  private final String name;
  private final Signature signature;
  private final ProviderCommands commands;

  Provider(String name, Signature signature, ProviderCommands commands) {
    this.name = name;
    this.signature = signature;
    this.commands = commands;
  }

  /** The last segment of its route, and {@code provider} in events. */
  public final String name() {
    return name;
  }

  public final Signature signature() {
    return signature;
  }

  /** Who may command, by which patterns and labels, and what follows. */
  public final ProviderCommands commands() {
    return commands;
  }

  /**
   * Which delivery this is. Called only when the signature was right.
   *
   * @param bodyHash SHA-256 of the raw body in hex
   * @throws RefusedException when it is none
   */
  public abstract Identity identify(Headers headers, JsonNode body, String bodyHash)
      throws RefusedException;

  /** What it says. The body is the one that was kept: redacted. Never throws for its content. */
  public abstract Message read(String event, JsonNode body);
}
