package dev.flightlog.tasks.queue;

import java.time.Instant;

/**
 * A record of a queue that nobody could understand, and that was set aside.
 *
 * @param content what it held
 * @param reason what is wrong with it
 */
public record BrokenEntry(String content, String reason, Instant at) {}
