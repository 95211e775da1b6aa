/** The index of tasks, and the figures of tasks, at a million of them. */
@NullMarked
package dev.flightlog.benchmarks.tasks;

import org.jspecify.annotations.NullMarked;
