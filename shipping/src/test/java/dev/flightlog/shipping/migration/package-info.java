@NullMarked
package dev.flightlog.shipping.migration;

import org.jspecify.annotations.NullMarked;
