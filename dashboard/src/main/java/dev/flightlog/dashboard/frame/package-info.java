/** What every page shares: navigation, filters, sections, tables, states. */
@NullMarked
package dev.flightlog.dashboard.frame;

import org.jspecify.annotations.NullMarked;
