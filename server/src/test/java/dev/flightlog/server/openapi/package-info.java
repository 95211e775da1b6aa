@NullMarked
package dev.flightlog.server.openapi;

import org.jspecify.annotations.NullMarked;
