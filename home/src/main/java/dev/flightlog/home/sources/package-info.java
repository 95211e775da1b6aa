/** What was ever imported into a home. */
@NullMarked
package dev.flightlog.home.sources;

import org.jspecify.annotations.NullMarked;
