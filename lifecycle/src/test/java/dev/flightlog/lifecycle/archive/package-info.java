@NullMarked
package dev.flightlog.lifecycle.archive;

import org.jspecify.annotations.NullMarked;
