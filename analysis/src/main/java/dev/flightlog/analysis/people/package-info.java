/** Questions about what people had to do. */
@NullMarked
package dev.flightlog.analysis.people;

import org.jspecify.annotations.NullMarked;
