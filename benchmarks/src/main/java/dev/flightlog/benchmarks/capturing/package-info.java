/** What taking down an agent's output costs the agent, and the worker. */
@NullMarked
package dev.flightlog.benchmarks.capturing;

import org.jspecify.annotations.NullMarked;
