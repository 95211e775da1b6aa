/** Events from programs that are no Java programs, over HTTP. */
@NullMarked
package dev.flightlog.server.events;

import org.jspecify.annotations.NullMarked;
