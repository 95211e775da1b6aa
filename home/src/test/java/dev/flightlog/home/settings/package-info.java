@NullMarked
package dev.flightlog.home.settings;

import org.jspecify.annotations.NullMarked;
