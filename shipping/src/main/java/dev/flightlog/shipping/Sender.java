package dev.flightlog.shipping;

import dev.flightlog.store.Attribute;

/**
 * Who sends events to a shared store, and what of them.
 *
 * @param machine told with each event as {@link #MACHINE}
 * @param person told with each event as {@link #PERSON}; empty when nobody is to be told
 * @param figuresOnly whether texts stay at home: prompts, inputs, outputs, messages
 */
public record Sender(String machine, String person, boolean figuresOnly) {
  /** The detail that names the machine, as OpenTelemetry calls it. */
  public static final String MACHINE = "host.name";

  /** The detail that names the person, as OpenTelemetry calls it. */
  public static final String PERSON = "user.name";

  /** The machine of an event, for filters. */
  public static Attribute machineOfEvents() {
    return Attribute.detail(MACHINE);
  }
}
