package dev.flightlog.patterns;

import dev.flightlog.patterns.facts.Occurrences;

/**
 * Errors of one class with one template.
 *
 * @param tool empty for errors that are no tool calls
 * @param program of a shell: program and subcommand of the newest; else empty
 * @param template the message without what varies
 * @param decided how many of them were followed far enough to know what became of them
 * @param recovered after how many of these the same intent succeeded
 */
public record ErrorPattern(
    String id,
    String label,
    String tool,
    String errorType,
    String program,
    String template,
    long decided,
    long recovered,
    Occurrences occurrences)
    implements Pattern {}
