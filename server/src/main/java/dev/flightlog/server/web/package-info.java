/**
 * What a feature is made of: {@link dev.flightlog.server.web.Feature}, routes, requests, responses.
 */
@NullMarked
package dev.flightlog.server.web;

import org.jspecify.annotations.NullMarked;
