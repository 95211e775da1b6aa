/** GitHub Copilot CLI. */
@NullMarked
package dev.flightlog.formats.copilot;

import org.jspecify.annotations.NullMarked;
