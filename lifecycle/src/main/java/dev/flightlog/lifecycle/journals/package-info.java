/** Journals on their way into the archives. */
@NullMarked
package dev.flightlog.lifecycle.journals;

import org.jspecify.annotations.NullMarked;
