/** Chat histories of Aider. */
@NullMarked
package dev.flightlog.formats.aider;

import org.jspecify.annotations.NullMarked;
