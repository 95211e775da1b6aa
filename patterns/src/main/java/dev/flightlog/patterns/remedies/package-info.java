/**
 * What made a failed call's intent succeed: calls taken apart, recognised as the same intent, and
 * their difference named by a small grammar, so that many cases count as one remedy.
 */
@NullMarked
package dev.flightlog.patterns.remedies;

import org.jspecify.annotations.NullMarked;
