package dev.flightlog.recorder;

import org.jspecify.annotations.Nullable;

/**
 * What a recorder has done, at one instant: always {@code offered = written + dropped + pending}.
 *
 * @param offered events for which {@code log} was called
 * @param written events in their journal; after {@code close} also those that a failing disk left
 *     in the ring file
 * @param dropped events that are nowhere
 * @param pending events on their way; 0 after a {@code flush} or {@code close} that succeeded
 * @param misused calls on a builder that was logged already or belongs to another thread; they had
 *     no effect
 * @param ringBytes capacity of the ring
 * @param mapped true when the ring is a file, so that its events outlive the process
 * @param problem what is wrong at present and how to mend it, or null
 */
public record RecorderStats(
    long offered,
    long written,
    long dropped,
    long pending,
    long misused,
    int ringBytes,
    boolean mapped,
    @Nullable String problem) {}
