/**
 * What people should be told of: each {@link dev.flightlog.alerts.rules.Rule} finds the {@link
 * dev.flightlog.alerts.rules.Condition}s that hold now.
 */
@NullMarked
package dev.flightlog.alerts.rules;

import org.jspecify.annotations.NullMarked;
