@NullMarked
package dev.flightlog.runs.archive;

import org.jspecify.annotations.NullMarked;
