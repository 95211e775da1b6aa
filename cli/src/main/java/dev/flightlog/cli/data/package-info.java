/** Commands that bring data into a home, or look after what is there. */
@NullMarked
package dev.flightlog.cli.data;

import org.jspecify.annotations.NullMarked;
