/**
 * The words of the command line: what a command takes ({@link dev.flightlog.cli.arguments.Syntax}),
 * its help, and what was given ({@link dev.flightlog.cli.arguments.Arguments}).
 */
@NullMarked
package dev.flightlog.cli.arguments;

import org.jspecify.annotations.NullMarked;
