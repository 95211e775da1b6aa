/** Qwen Code. */
@NullMarked
package dev.flightlog.formats.qwen;

import org.jspecify.annotations.NullMarked;
