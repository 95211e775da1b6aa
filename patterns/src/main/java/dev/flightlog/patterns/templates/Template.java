package dev.flightlog.patterns.templates;

/**
 * What several messages have in common; {@code <*>} stands where they differ.
 *
 * @param id stays the same while the template grows, and across processes that kept its state
 * @param text one line, fit to be read; log text, so hostile
 * @param count how many messages
 * @param signatures how many different signatures
 */
public record Template(String id, String text, long count, int signatures) {}
