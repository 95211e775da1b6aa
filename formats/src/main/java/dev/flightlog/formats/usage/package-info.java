/** What responses of models used, and what that costs. */
@NullMarked
package dev.flightlog.formats.usage;

import org.jspecify.annotations.NullMarked;
