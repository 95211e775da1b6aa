/** Rules: how they are proposed from what recurs, worded in a closed grammar, and kept. */
@NullMarked
package dev.flightlog.learning.rules;

import org.jspecify.annotations.NullMarked;
