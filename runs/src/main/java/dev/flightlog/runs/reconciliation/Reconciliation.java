package dev.flightlog.runs.reconciliation;

import java.math.BigDecimal;
import java.util.List;

/**
 * What runs recorded beside what a provider bills, for the times that the provider reports. Always,
 * and by kind: explained + unexplained = billed. No number is corrected.
 *
 * @param billed by the provider
 * @param explained what both tell, bucket by bucket
 * @param unexplained billed, and not recorded by these runs: others used the same account, or
 *     something was not logged
 * @param notReported recorded, and not billed: the report is late, or leaves something out
 * @param steps what was recorded of each step, and how much of that is in buckets that bill at
 *     least as much
 * @param outside how many recorded calls lie outside of all reported times
 */
public record Reconciliation(
    Tokens billed,
    Tokens explained,
    Tokens unexplained,
    Tokens notReported,
    BigDecimal billedUsd,
    BigDecimal explainedUsd,
    List<StepShare> steps,
    long outside) {

  public Reconciliation {
    steps = List.copyOf(steps);
  }

  /** One step of one run. */
  public record StepShare(String runId, long step, Tokens recorded, Tokens confirmed) {}

  public BigDecimal unexplainedUsd() {
    return billedUsd.subtract(explainedUsd);
  }

  /** The share of billed tokens that is explained, 0 to 1; 0 when nothing is billed. */
  public double coverage() {
    return billed.all() == 0 ? 0 : (double) explained.all() / billed.all();
  }
}
