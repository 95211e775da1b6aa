/**
 * The index of a home: opened, kept fresh, built anew. {@link dev.flightlog.home.index.Index} is
 * where to begin.
 */
@NullMarked
package dev.flightlog.home.index;

import org.jspecify.annotations.NullMarked;
