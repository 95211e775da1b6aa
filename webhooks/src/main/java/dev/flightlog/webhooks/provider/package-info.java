/** Who sends webhooks: how their requests are signed and named, and what their bodies say. */
@NullMarked
package dev.flightlog.webhooks.provider;

import org.jspecify.annotations.NullMarked;
