/** How events age in a home. Start at {@link dev.flightlog.lifecycle.Lifecycle}. */
@NullMarked
package dev.flightlog.lifecycle;

import org.jspecify.annotations.NullMarked;
