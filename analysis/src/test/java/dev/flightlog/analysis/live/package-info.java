@NullMarked
package dev.flightlog.analysis.live;

import org.jspecify.annotations.NullMarked;
