package dev.flightlog.springbootstarter;

import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderStats;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a recorder is, in no version's terms.
 *
 * @param up false while the journal has a problem
 * @param details what it has done, and the problem with how to mend it
 */
public record RecorderHealth(boolean up, Map<String, Object> details) {
  /** The state of the recorder now. Never blocks. */
  public static RecorderHealth of(FlightRecorder recorder) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (!recorder.isEnabled()) {
      details.put("recording", false);
      return new RecorderHealth(true, details);
    }
    RecorderStats stats = recorder.stats();
    details.put("journals", recorder.config().basePath().toString());
    details.put("written", stats.written());
    details.put("dropped", stats.dropped());
    details.put("pending", stats.pending());
    String problem = stats.problem();
    if (problem != null) {
      details.put("problem", problem);
    }
    return new RecorderHealth(problem == null, details);
  }
}
