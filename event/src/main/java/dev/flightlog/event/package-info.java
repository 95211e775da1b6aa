/**
 * What happened, in one shape: {@link dev.flightlog.event.Event}. Start at {@link
 * dev.flightlog.event.Field}, the one definition of every field; the line form is in {@link
 * dev.flightlog.event.EventLine}.
 */
@NullMarked
package dev.flightlog.event;

import org.jspecify.annotations.NullMarked;
