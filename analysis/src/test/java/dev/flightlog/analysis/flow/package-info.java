@NullMarked
package dev.flightlog.analysis.flow;

import org.jspecify.annotations.NullMarked;
