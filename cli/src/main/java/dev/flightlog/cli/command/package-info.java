/**
 * What every command is made of: {@link dev.flightlog.cli.command.Command}, and what it is given.
 */
@NullMarked
package dev.flightlog.cli.command;

import org.jspecify.annotations.NullMarked;
