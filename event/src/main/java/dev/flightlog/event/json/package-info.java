/** JSON on UTF-8 bytes, without garbage and without a dependency: a pull reader and an appender. */
@NullMarked
package dev.flightlog.event.json;

import org.jspecify.annotations.NullMarked;
