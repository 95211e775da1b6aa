package dev.flightlog.analysis.ask;

/**
 * What a question takes by position.
 *
 * @param name as in the usage line
 * @param meaning half a sentence
 * @param example a value that could be typed
 */
public record Argument(String name, boolean required, String meaning, String example) {}
