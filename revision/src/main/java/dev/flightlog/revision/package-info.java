/** The weekly run. Start at {@link dev.flightlog.revision.Revision}. */
@NullMarked
package dev.flightlog.revision;

import org.jspecify.annotations.NullMarked;
