@NullMarked
package dev.flightlog.home.hooks;

import org.jspecify.annotations.NullMarked;
