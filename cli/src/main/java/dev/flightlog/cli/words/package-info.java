/**
 * The words of the command line: what a command takes ({@link dev.flightlog.cli.words.Syntax}), its
 * help, and what was given ({@link dev.flightlog.cli.words.Words}).
 */
@NullMarked
package dev.flightlog.cli.words;

import org.jspecify.annotations.NullMarked;
