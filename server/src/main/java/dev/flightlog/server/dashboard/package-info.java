/** The dashboard over HTTP: pages, what they name, and what can be done on them. */
@NullMarked
package dev.flightlog.server.dashboard;

import org.jspecify.annotations.NullMarked;
