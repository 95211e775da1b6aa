@NullMarked
package dev.flightlog.revision;

import org.jspecify.annotations.NullMarked;
