/** Stories side by side: are fewer errors repeated than before? */
@NullMarked
package dev.flightlog.revision.stories;

import org.jspecify.annotations.NullMarked;
