/** One class a page: from its data to its sections. */
@NullMarked
package dev.flightlog.dashboard.pages;

import org.jspecify.annotations.NullMarked;
