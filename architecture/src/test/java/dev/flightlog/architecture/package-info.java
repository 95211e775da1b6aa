/** Tests about the whole tree: arrows, names, streams, documents. */
@NullMarked
package dev.flightlog.architecture;

import org.jspecify.annotations.NullMarked;
