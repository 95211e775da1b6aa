/** Finds commands in what people write: where they may stand, and what they look like. */
@NullMarked
package dev.flightlog.webhooks.command;

import org.jspecify.annotations.NullMarked;
