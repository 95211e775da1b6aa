/**
 * What is kept of a session: sealed {@link dev.flightlog.patterns.facts.Fact}s, each a record, and
 * the text in which a store keeps them. Knows no observer and no store.
 */
@NullMarked
package dev.flightlog.patterns.facts;

import org.jspecify.annotations.NullMarked;
