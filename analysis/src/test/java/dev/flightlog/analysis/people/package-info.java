@NullMarked
package dev.flightlog.analysis.people;

import org.jspecify.annotations.NullMarked;
