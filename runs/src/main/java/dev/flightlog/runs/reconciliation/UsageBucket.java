package dev.flightlog.runs.reconciliation;

import java.math.BigDecimal;

/**
 * What a provider says of a stretch of time.
 *
 * @param from in microseconds since 1970
 * @param to the first time that is no more in it
 * @param model empty when the report does not tell it
 * @param key tells apart what the provider reports apart; the same key twice is the same report
 * @param costUsd zero in reports of usage
 */
record UsageBucket(
    long from, long to, String model, String key, Tokens tokens, BigDecimal costUsd) {}
