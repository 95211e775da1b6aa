/** What agents' hooks tell this home, over HTTP or through a folder, into the journal. */
@NullMarked
package dev.flightlog.home.hooks;

import org.jspecify.annotations.NullMarked;
