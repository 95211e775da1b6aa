/** What agents' hooks tell over HTTP. */
@NullMarked
package dev.flightlog.server.hooks;

import org.jspecify.annotations.NullMarked;
