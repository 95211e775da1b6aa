/** Which formats there are: how each is recognised, its name, its reader. */
@NullMarked
package dev.flightlog.formats;

import org.jspecify.annotations.NullMarked;
