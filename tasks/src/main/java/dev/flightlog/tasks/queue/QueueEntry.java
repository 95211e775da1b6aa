package dev.flightlog.tasks.queue;

import dev.flightlog.tasks.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a queue knows about one task. Immutable.
 *
 * @param attempts how often it was taken
 * @param owner who holds its lease, or held it last
 * @param until when it is ready, for READY; when the lease ends, for TAKEN; else null
 * @param cancelWanted somebody asked its holder to stop
 */
public record QueueEntry(
    TaskId taskId,
    QueueState state,
    int attempts,
    @Nullable String owner,
    @Nullable Instant until,
    boolean cancelWanted) {}
