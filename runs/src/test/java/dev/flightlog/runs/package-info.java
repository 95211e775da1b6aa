@NullMarked
package dev.flightlog.runs;

import org.jspecify.annotations.NullMarked;
