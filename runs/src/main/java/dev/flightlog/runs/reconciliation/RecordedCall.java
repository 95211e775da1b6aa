package dev.flightlog.runs.reconciliation;

import java.math.BigDecimal;

/**
 * A request to a model, as a run logged it.
 *
 * @param micros when, in microseconds since 1970
 * @param step -1 outside of steps
 * @param model empty when it was not told
 * @param costUsd zero when it was not told
 */
record RecordedCall(
    String runId, long micros, long step, String model, Tokens tokens, BigDecimal costUsd) {}
