/** A model for programs that must run without a network. */
@NullMarked
package examples.modelserver;

import org.jspecify.annotations.NullMarked;
