/** Where a home and what belongs to its user lie. */
@NullMarked
package dev.flightlog.home.paths;

import org.jspecify.annotations.NullMarked;
