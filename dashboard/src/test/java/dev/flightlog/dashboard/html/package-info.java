@NullMarked
package dev.flightlog.dashboard.html;

import org.jspecify.annotations.NullMarked;
