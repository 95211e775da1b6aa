/** Whether the server lives and can work, for whoever watches over it. */
@NullMarked
package dev.flightlog.server.health;

import org.jspecify.annotations.NullMarked;
