/**
 * What is asked of a place that keeps events. Start at {@link dev.flightlog.store.EventStore};
 * {@link dev.flightlog.store.Filter#matches} and {@link dev.flightlog.store.Tally} say in code what
 * a filter and a measure mean.
 */
@NullMarked
package dev.flightlog.store;

import org.jspecify.annotations.NullMarked;
