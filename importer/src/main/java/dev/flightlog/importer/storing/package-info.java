/** How what was read reaches the store. */
@NullMarked
package dev.flightlog.importer.storing;

import org.jspecify.annotations.NullMarked;
