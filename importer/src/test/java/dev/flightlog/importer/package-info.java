@NullMarked
package dev.flightlog.importer;

import org.jspecify.annotations.NullMarked;
