/** Questions about a home, answered as its settings say. */
@NullMarked
package dev.flightlog.home.questions;

import org.jspecify.annotations.NullMarked;
