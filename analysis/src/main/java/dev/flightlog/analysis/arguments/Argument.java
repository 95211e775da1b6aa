package dev.flightlog.analysis.arguments;

import java.util.List;

/**
 * What a question takes by position.
 *
 * @param name as in the usage line
 * @param meaning half a sentence
 * @param example a value that could be typed
 * @param choices the only values there are; empty when any text will do
 */
public record Argument(
    String name, boolean required, String meaning, String example, List<String> choices) {
  public Argument {
    choices = List.copyOf(choices);
  }

  /** One that may be any text. */
  public Argument(String name, boolean required, String meaning, String example) {
    this(name, required, meaning, example, List.of());
  }
}
