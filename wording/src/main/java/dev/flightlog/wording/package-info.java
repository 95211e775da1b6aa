/**
 * How an answer speaks: units a person reads at once, names that cannot harm a terminal, tables,
 * the nearest known name. Nothing here knows events or stores; everything is stateless.
 */
@NullMarked
package dev.flightlog.wording;

import org.jspecify.annotations.NullMarked;
