/**
 * What every reader stands on: records, their context, their JSON, texts on their way into the
 * index.
 */
@NullMarked
package dev.flightlog.formats.reading;

import org.jspecify.annotations.NullMarked;
