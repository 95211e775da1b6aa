/** What people do in sessions: correct, interrupt, refuse, repeat, answer, approve. */
@NullMarked
package dev.flightlog.analysis.interactions;

import org.jspecify.annotations.NullMarked;
