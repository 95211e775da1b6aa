@NullMarked
package dev.flightlog.learning.exposure;

import org.jspecify.annotations.NullMarked;
