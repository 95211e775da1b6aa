/** Pi and its relatives, such as OpenClaw. */
@NullMarked
package dev.flightlog.formats.pi;

import org.jspecify.annotations.NullMarked;
