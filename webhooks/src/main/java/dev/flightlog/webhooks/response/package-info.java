/** Tells the person who gave a command, at once and where it was given, that it was heard. */
@NullMarked
package dev.flightlog.webhooks.response;

import org.jspecify.annotations.NullMarked;
