/** What a revision found, as it is kept and shown. */
@NullMarked
package dev.flightlog.revision.report;

import org.jspecify.annotations.NullMarked;
