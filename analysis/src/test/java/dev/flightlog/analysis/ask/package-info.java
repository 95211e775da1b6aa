@NullMarked
package dev.flightlog.analysis.ask;

import org.jspecify.annotations.NullMarked;
