/** The OpenAPI document, made from the routes. */
@NullMarked
package dev.flightlog.server.openapi;

import org.jspecify.annotations.NullMarked;
