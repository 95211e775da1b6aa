/** Which sessions are shown a rule, where, when, and what is kept of it: trials and their looks. */
@NullMarked
package dev.flightlog.learning.exposure;

import org.jspecify.annotations.NullMarked;
