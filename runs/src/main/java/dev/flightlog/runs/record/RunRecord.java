package dev.flightlog.runs.record;

import java.util.List;

/**
 * What the logs of a run tell.
 *
 * @param model empty when nobody told it
 * @param startedAt RFC 3339, or empty when the logs do not tell it; then no duration is known
 *     either
 * @param endedAt RFC 3339, or empty before the end
 * @param steps by number
 * @param total sums over all entries, those outside of steps among them
 * @param remarks errors and warnings, the first hundred
 * @param interactions the first hundred
 * @param allInteractions how many there were
 * @param reconciliation the last message of each reconciliation, the newest last, at most twenty
 * @param imported whether somebody else logged it, so that what is not told may have been
 * @param damagedLines lines of logs that are no JSON
 */
public record RunRecord(
    String runId,
    String framework,
    String model,
    RunStatus status,
    String startedAt,
    String endedAt,
    List<StepRecord> steps,
    Measures total,
    List<Remark> remarks,
    List<Remark> interactions,
    long allInteractions,
    List<String> reconciliation,
    boolean imported,
    long damagedLines) {

  public RunRecord {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
    interactions = List.copyOf(interactions);
    reconciliation = List.copyOf(reconciliation);
  }
}
