@NullMarked
package dev.flightlog.alerts.state;

import org.jspecify.annotations.NullMarked;
