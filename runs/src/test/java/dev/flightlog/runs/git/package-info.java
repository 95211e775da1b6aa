@NullMarked
package dev.flightlog.runs.git;

import org.jspecify.annotations.NullMarked;
