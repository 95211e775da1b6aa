/** What people do in sessions: correct, interrupt, refuse, repeat, answer, approve. */
@NullMarked
package dev.flightlog.patterns.interactions;

import org.jspecify.annotations.NullMarked;
