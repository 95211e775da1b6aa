/** Stories side by side: are fewer errors repeated than before? */
@NullMarked
package dev.flightlog.analysis.stories;

import org.jspecify.annotations.NullMarked;
