/**
 * The command line. Start at {@link dev.flightlog.cli.Main}; every command is one class, listed in
 * {@link dev.flightlog.cli.Commands}. The only room that writes to the standard streams.
 */
@NullMarked
package dev.flightlog.cli;

import org.jspecify.annotations.NullMarked;
