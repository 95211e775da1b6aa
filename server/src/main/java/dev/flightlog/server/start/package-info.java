/** The page at the root: what there is. */
@NullMarked
package dev.flightlog.server.start;

import org.jspecify.annotations.NullMarked;
