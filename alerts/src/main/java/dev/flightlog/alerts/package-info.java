/**
 * What people should be told before they look: {@link dev.flightlog.alerts.Alerting} looks again
 * and again, and tells.
 */
@NullMarked
package dev.flightlog.alerts;

import org.jspecify.annotations.NullMarked;
