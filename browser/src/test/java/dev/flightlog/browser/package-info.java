/** The dashboard in a real browser. */
@NullMarked
package dev.flightlog.browser;

import org.jspecify.annotations.NullMarked;
