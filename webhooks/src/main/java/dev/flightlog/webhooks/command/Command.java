package dev.flightlog.webhooks.command;

/**
 * What somebody asked for.
 *
 * @param name what the pattern's group {@code command} caught, in lower case, such as {@code
 *     review}
 * @param line the line in which it stood, or the label
 */
public record Command(String name, String line) {}
