/** The tasks of a home: folders, index, queue, and the agents that are configured for them. */
@NullMarked
package dev.flightlog.home.tasks;

import org.jspecify.annotations.NullMarked;
