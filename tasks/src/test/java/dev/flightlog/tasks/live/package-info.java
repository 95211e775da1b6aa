@NullMarked
package dev.flightlog.tasks.live;

import org.jspecify.annotations.NullMarked;
