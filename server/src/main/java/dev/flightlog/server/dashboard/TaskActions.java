package dev.flightlog.server.dashboard;

import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.index.TaskIndex;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.worker.TaskEnding;

/**
 * What is shown of tasks, and done with them.
 *
 * @param takeIn brings what happened until now into the index; called by many threads
 */
public record TaskActions(
    TaskFolders folders, TaskIndex index, TaskQueue queue, TaskEnding ending, Runnable takeIn) {}
