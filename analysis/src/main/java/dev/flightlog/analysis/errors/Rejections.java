package dev.flightlog.analysis.errors;

import dev.flightlog.analysis.ask.Result;
import dev.flightlog.analysis.ask.Wording;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import org.jspecify.annotations.Nullable;

/** Tool calls that a person refused: no error of the tool, and worth a line of their own. */
public final class Rejections {
  private long count;
  private int tools;
  private long most;
  private @Nullable String tool;

  public void add(@Nullable String name, long calls) {
    if (calls == 0) {
      return;
    }
    String shown = name == null ? "(no tool)" : name;
    count += calls;
    tools++;
    if (tool == null || calls > most || (calls == most && shown.compareTo(tool) < 0)) {
      most = calls;
      tool = shown;
    }
  }

  public long count() {
    return count;
  }

  public void tell(Result<?> result) {
    if (tool != null) {
      String name = SafeText.shortened(tool, 3 * Wording.ROOMY, Wording.ROOMY);
      String which = tools == 1 ? name : "most: " + name + ' ' + Units.count(most);
      result.note("Not counted: " + Units.count(count) + " rejected by a person (" + which + ")");
    }
  }
}
