@NullMarked
package dev.flightlog.home.sources;

import org.jspecify.annotations.NullMarked;
