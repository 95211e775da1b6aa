/** Tasks of Cline and Roo Code. */
@NullMarked
package dev.flightlog.formats.cline;

import org.jspecify.annotations.NullMarked;
