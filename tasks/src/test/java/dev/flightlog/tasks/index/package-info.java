@NullMarked
package dev.flightlog.tasks.index;

import org.jspecify.annotations.NullMarked;
