/**
 * What can only be learnt from the order of events inside a session, learnt once a session and kept
 * beside the events. {@link dev.flightlog.patterns.digest.SessionObserver}s say what is worth
 * keeping; {@link dev.flightlog.patterns.digest.Digest} shows them the sessions that changed.
 */
@NullMarked
package dev.flightlog.patterns.digest;

import org.jspecify.annotations.NullMarked;
