@NullMarked
package dev.flightlog.cli.revision;

import org.jspecify.annotations.NullMarked;
