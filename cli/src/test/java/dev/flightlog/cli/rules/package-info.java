@NullMarked
package dev.flightlog.cli.rules;

import org.jspecify.annotations.NullMarked;
