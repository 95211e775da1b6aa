@NullMarked
package dev.flightlog.shipping.confirmed;

import org.jspecify.annotations.NullMarked;
