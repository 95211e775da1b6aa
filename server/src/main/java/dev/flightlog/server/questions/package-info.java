/** Questions and events over HTTP. */
@NullMarked
package dev.flightlog.server.questions;

import org.jspecify.annotations.NullMarked;
