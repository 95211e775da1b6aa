/** What is said about a rule: whether it works, what it costs, and whether it should stay. */
@NullMarked
package dev.flightlog.learning.verdict;

import org.jspecify.annotations.NullMarked;
