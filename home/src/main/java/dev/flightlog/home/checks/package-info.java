/**
 * What can be wrong with a home, looked at part by part: {@link dev.flightlog.home.checks.Checkup}.
 */
@NullMarked
package dev.flightlog.home.checks;

import org.jspecify.annotations.NullMarked;
