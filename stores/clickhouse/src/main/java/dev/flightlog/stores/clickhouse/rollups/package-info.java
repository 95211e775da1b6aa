/**
 * Sums of hours, days and blocks of thirty days, kept beside the events: what, when, and how they
 * answer.
 */
@NullMarked
package dev.flightlog.stores.clickhouse.rollups;

import org.jspecify.annotations.NullMarked;
