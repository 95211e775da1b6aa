@NullMarked
package dev.flightlog.shipping;

import org.jspecify.annotations.NullMarked;
