@NullMarked
package dev.flightlog.tasks.csv;

import org.jspecify.annotations.NullMarked;
