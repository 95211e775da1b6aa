/**
 * Refuses tool calls of agents whose hooks ask here, by files that a script can look at without
 * starting anything: {@link dev.flightlog.alerts.guard.GuardFiles}.
 */
@NullMarked
package dev.flightlog.alerts.guard;

import org.jspecify.annotations.NullMarked;
