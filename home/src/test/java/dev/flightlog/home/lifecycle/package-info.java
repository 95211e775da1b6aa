@NullMarked
package dev.flightlog.home.lifecycle;

import org.jspecify.annotations.NullMarked;
