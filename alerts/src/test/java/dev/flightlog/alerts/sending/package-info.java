@NullMarked
package dev.flightlog.alerts.sending;

import org.jspecify.annotations.NullMarked;
