/** Style sheets and scripts that pages name. */
@NullMarked
package dev.flightlog.dashboard.assets;

import org.jspecify.annotations.NullMarked;
