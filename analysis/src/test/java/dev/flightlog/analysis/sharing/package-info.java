@NullMarked
package dev.flightlog.analysis.sharing;

import org.jspecify.annotations.NullMarked;
