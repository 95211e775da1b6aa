/** Commands that ask: questions, search, SQL, the newest events. */
@NullMarked
package dev.flightlog.cli.questions;

import org.jspecify.annotations.NullMarked;
