@NullMarked
package dev.flightlog.lifecycle;

import org.jspecify.annotations.NullMarked;
