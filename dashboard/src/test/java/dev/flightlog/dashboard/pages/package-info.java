/** Pages, from data that is made here. */
@NullMarked
package dev.flightlog.dashboard.pages;

import org.jspecify.annotations.NullMarked;
