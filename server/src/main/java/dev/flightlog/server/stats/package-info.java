/** How tasks are doing, over HTTP and in Slack. */
@NullMarked
package dev.flightlog.server.stats;

import org.jspecify.annotations.NullMarked;
