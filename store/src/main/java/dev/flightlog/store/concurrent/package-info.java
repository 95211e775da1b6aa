/** Several questions to a store at once. */
@NullMarked
package dev.flightlog.store.concurrent;

import org.jspecify.annotations.NullMarked;
