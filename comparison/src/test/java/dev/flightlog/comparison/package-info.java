/** The answers of all stores, held against each other. */
@NullMarked
package dev.flightlog.comparison;

import org.jspecify.annotations.NullMarked;
