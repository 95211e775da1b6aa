@NullMarked
package dev.flightlog.shipping.pull;

import org.jspecify.annotations.NullMarked;
