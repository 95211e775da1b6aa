@NullMarked
package dev.flightlog.home.shared;

import org.jspecify.annotations.NullMarked;
