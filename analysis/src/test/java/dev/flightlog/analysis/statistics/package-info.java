@NullMarked
package dev.flightlog.analysis.statistics;

import org.jspecify.annotations.NullMarked;
