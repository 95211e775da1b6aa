package dev.flightlog.runs.record;

import dev.flightlog.runs.files.RunFolder;

/**
 * A run in a list.
 *
 * @param model empty when nobody told it
 * @param startedAt RFC 3339, or empty when the beginning is not in the logs
 * @param endedAt RFC 3339, or empty before the end
 */
public record RunRow(
    RunFolder folder,
    String runId,
    String framework,
    String model,
    RunStatus status,
    String startedAt,
    String endedAt,
    long steps) {}
