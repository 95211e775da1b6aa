/** Sessions as files for others, over HTTP. */
@NullMarked
package dev.flightlog.server.sharing;

import org.jspecify.annotations.NullMarked;
