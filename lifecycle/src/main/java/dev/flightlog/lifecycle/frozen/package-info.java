/** What stays of events that are gone: a summary a quarter. */
@NullMarked
package dev.flightlog.lifecycle.frozen;

import org.jspecify.annotations.NullMarked;
