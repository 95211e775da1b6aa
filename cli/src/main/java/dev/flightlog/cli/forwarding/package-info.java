/** Journals shipped on: by a command, and beside the server. */
@NullMarked
package dev.flightlog.cli.forwarding;

import org.jspecify.annotations.NullMarked;
