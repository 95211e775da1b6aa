package dev.flightlog.lifecycle;

import dev.flightlog.lifecycle.archive.Week;
import java.util.List;

/**
 * What a run did, or would do.
 *
 * @param journals how many journals went into archives
 * @param rows how many rows of the index went into archives
 * @param expired how many rows of a store on disks of its own went for good
 * @param archived the weeks whose archives were written
 * @param frozen the weeks of which only summaries stay, besides what was imported
 * @param activeBytes what journals and index take now
 * @param capBytes what they may take; 0: no bound
 * @param notes a sentence each, for people
 */
public record LifecycleRun(
    long journals,
    long rows,
    long expired,
    List<Week> archived,
    List<Week> frozen,
    long activeBytes,
    long capBytes,
    List<String> notes) {

  public LifecycleRun {
    archived = List.copyOf(archived);
    frozen = List.copyOf(frozen);
    notes = List.copyOf(notes);
  }

  /** True when nothing moved. */
  public boolean changedNothing() {
    return journals == 0 && rows == 0 && expired == 0 && frozen.isEmpty();
  }
}
