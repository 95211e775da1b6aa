/** The commands about the age of events: archives, and what is to be forgotten. */
@NullMarked
package dev.flightlog.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
