/**
 * The sums that keep questions over many events fast: how they are added up, kept as cubes in the
 * file, and asked. A writer uses {@link dev.flightlog.stores.sqlite.rollups.HeldSums}, a reader
 * {@link dev.flightlog.stores.sqlite.rollups.CellQuery}; what is kept is in {@link
 * dev.flightlog.stores.sqlite.rollups.Rollups}.
 */
@NullMarked
package dev.flightlog.stores.sqlite.rollups;

import org.jspecify.annotations.NullMarked;
