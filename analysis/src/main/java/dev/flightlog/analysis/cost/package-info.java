/** Questions about tokens and money. */
@NullMarked
package dev.flightlog.analysis.cost;

import org.jspecify.annotations.NullMarked;
