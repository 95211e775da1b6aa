/** The launcher and the build, as processes in a small checkout. */
@NullMarked
package dev.flightlog.architecture.launcher;

import org.jspecify.annotations.NullMarked;
