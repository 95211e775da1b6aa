package dev.flightlog.store;

import org.jspecify.annotations.Nullable;

/**
 * Something an importer must find again after a crash, exactly as of the rows kept with it.
 *
 * @param value any text, small; null forgets the mark
 */
public record Mark(String key, @Nullable String value) {}
