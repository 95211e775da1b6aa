/** The commands about rules: what recurs becomes an instruction, by consent. */
@NullMarked
package dev.flightlog.cli.rules;

import org.jspecify.annotations.NullMarked;
