/** Commands about tasks: list, statistics, export, and the worker that runs them. */
@NullMarked
package dev.flightlog.cli.tasks;

import org.jspecify.annotations.NullMarked;
