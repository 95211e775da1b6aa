@NullMarked
package dev.flightlog.runs.summary;

import org.jspecify.annotations.NullMarked;
