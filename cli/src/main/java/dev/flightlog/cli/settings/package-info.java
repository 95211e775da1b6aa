/** Settings: every one defined once in {@link dev.flightlog.cli.settings.Setting}. */
@NullMarked
package dev.flightlog.cli.settings;

import org.jspecify.annotations.NullMarked;
