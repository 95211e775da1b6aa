/** When a revision is due. */
@NullMarked
package dev.flightlog.revision.schedule;

import org.jspecify.annotations.NullMarked;
