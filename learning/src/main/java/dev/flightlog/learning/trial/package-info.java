/** What a trial says about a rule: the statistics of sessions that were exposed by chance. */
@NullMarked
package dev.flightlog.learning.trial;

import org.jspecify.annotations.NullMarked;
