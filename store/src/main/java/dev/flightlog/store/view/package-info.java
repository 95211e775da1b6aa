/** A store that is asked through another one. */
@NullMarked
package dev.flightlog.store.view;

import org.jspecify.annotations.NullMarked;
