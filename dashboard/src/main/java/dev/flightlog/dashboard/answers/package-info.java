/** Answers to questions as tables of a page. */
@NullMarked
package dev.flightlog.dashboard.answers;

import org.jspecify.annotations.NullMarked;
