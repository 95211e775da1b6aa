/** How messages reach people: {@link dev.flightlog.alerts.sending.Target} and its kinds. */
@NullMarked
package dev.flightlog.alerts.sending;

import org.jspecify.annotations.NullMarked;
