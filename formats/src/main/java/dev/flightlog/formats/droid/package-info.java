/** Sessions of Factory Droid. */
@NullMarked
package dev.flightlog.formats.droid;

import org.jspecify.annotations.NullMarked;
