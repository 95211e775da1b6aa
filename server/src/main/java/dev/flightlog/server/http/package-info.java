/**
 * The server itself: from the socket to a feature's handler and back. Checks and limits apply to
 * every route alike, whoever registered it.
 */
@NullMarked
package dev.flightlog.server.http;

import org.jspecify.annotations.NullMarked;
