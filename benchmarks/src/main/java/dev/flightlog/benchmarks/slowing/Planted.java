package dev.flightlog.benchmarks.slowing;

import org.jspecify.annotations.Nullable;

/**
 * What was made slower in a world.
 *
 * @param agent null for all agents
 * @param step null for all steps
 * @param day since when, from the world's first
 * @param factor how many times as long
 */
record Planted(@Nullable String agent, @Nullable String step, int day, double factor) {

  boolean holds(String ofAgent, String ofStep, int on) {
    return on >= day
        && (agent == null || agent.equals(ofAgent))
        && (step == null || step.equals(ofStep));
  }
}
