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
  /** The detail that names the machine. */
  public static final String MACHINE = Attribute.MACHINE.key();

  /** The detail that names the person. */
  public static final String PERSON = Attribute.PERSON.key();
}
