package dev.flightlog.runs.record;

/**
 * An error, a warning, or what passed between the run and a person.
 *
 * @param timestamp RFC 3339
 * @param kind ERROR, WARNING, or the kind of the interaction
 * @param step -1 outside of steps
 * @param errorType the class of the error, or empty
 */
public record Remark(
    String timestamp, String kind, long step, String component, String message, String errorType) {}
