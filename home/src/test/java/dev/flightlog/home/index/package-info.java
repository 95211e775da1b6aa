@NullMarked
package dev.flightlog.home.index;

import org.jspecify.annotations.NullMarked;
