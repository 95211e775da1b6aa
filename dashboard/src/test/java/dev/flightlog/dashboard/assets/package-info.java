@NullMarked
package dev.flightlog.dashboard.assets;

import org.jspecify.annotations.NullMarked;
