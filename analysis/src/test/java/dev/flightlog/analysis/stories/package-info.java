@NullMarked
package dev.flightlog.analysis.stories;

import org.jspecify.annotations.NullMarked;
