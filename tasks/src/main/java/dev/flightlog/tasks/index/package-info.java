/**
 * Search over tasks: one row a task, in a SQLite file of its own that can be thrown away. It is fed
 * by whoever writes task folders and by the task events of the store.
 */
@NullMarked
package dev.flightlog.tasks.index;

import org.jspecify.annotations.NullMarked;
