package dev.flightlog.runs.record;

/** A step of a run, as its logs tell it. */
public record StepRecord(long number, RunStatus status, Measures measures) {}
