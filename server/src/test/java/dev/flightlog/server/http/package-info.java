@NullMarked
package dev.flightlog.server.http;

import org.jspecify.annotations.NullMarked;
