package dev.flightlog.revision;

import dev.flightlog.lifecycle.archive.Week;
import dev.flightlog.revision.report.Findings;
import java.io.IOException;

/**
 * One phase of a revision. Run again for the same week it finds the same and does nothing twice.
 */
@FunctionalInterface
public interface Step {
  /**
   * Does it.
   *
   * @param dry only look: nothing is written anywhere
   */
  Findings run(Week week, boolean dry) throws IOException;
}
