package dev.flightlog.store.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a SQL statement answered.
 *
 * @param columns their names
 * @param rows String, Long, Double; a blob as its literal, {@code x'1b5b'}; or null
 * @param complete false when there were more rows than the limit
 */
public record SqlAnswer(
    List<String> columns, List<List<@Nullable Object>> rows, boolean complete) {}
