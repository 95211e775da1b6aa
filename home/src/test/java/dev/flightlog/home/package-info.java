@NullMarked
package dev.flightlog.home;

import org.jspecify.annotations.NullMarked;
