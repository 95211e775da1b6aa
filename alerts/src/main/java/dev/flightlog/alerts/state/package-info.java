/**
 * Which alerts there are, and which messages about them are not sent yet: {@link
 * dev.flightlog.alerts.state.AlertBook}, kept in a file.
 */
@NullMarked
package dev.flightlog.alerts.state;

import org.jspecify.annotations.NullMarked;
