/** How fast webhooks are answered. */
@NullMarked
package dev.flightlog.benchmarks.webhooks;

import org.jspecify.annotations.NullMarked;
