package dev.flightlog.cli.lifecycle;

import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.lifecycle.LifecycleRun;
import dev.flightlog.lifecycle.archive.Week;
import java.util.List;

/** What a run of the lifecycle did, for people and for programs. */
final class RunText {
  private RunText() {}

  /**
   * @param dry whether it was only looked at
   * @param shared whether the index is not in the home
   */
  static String of(LifecycleRun run, boolean dry, boolean shared) {
    StringBuilder out = new StringBuilder();
    if (run.changedNothing()) {
      out.append("nothing is old enough to move\n");
    } else {
      out.append(dry ? "would move: " : "moved: ")
          .append(Table.count(run.journals(), "journal"))
          .append(", ")
          .append(Table.count(run.rows(), "row"))
          .append(" of the index\n");
    }
    if (run.expired() > 0) {
      out.append(dry ? "would delete: " : "deleted: ")
          .append(Table.count(run.expired(), "row"))
          .append(" of the store, for good; their sums stay\n");
    }
    if (!run.archived().isEmpty()) {
      out.append("archives: ").append(names(run.archived())).append('\n');
    }
    if (!run.frozen().isEmpty()) {
      out.append("only a summary is left of our own events of: ")
          .append(names(run.frozen()))
          .append('\n');
    }
    out.append(shared ? "journals take " : "journals and index take ")
        .append(megabytes(run.activeBytes()));
    if (run.capBytes() > 0) {
      out.append(" of ").append(megabytes(run.capBytes()));
    }
    out.append('\n');
    run.notes().forEach(note -> out.append(note).append('\n'));
    return out.toString();
  }

  private static String names(List<Week> weeks) {
    return weeks.size() > 6
        ? weeks.getFirst() + " to " + weeks.getLast() + " (" + weeks.size() + ")"
        : String.join(", ", weeks.stream().map(Week::toString).toList());
  }

  private static String megabytes(long bytes) {
    long tenths = Math.round(bytes * 10.0 / (1 << 20));
    return tenths / 10 + "." + tenths % 10 + " MB";
  }

  static String json(LifecycleRun run) {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("journals").number(run.journals()).key("rows").number(run.rows());
    json.key("expired").number(run.expired());
    json.key("archived").beginArray();
    run.archived().forEach(week -> json.string(week.toString()));
    json.endArray().key("frozen").beginArray();
    run.frozen().forEach(week -> json.string(week.toString()));
    json.endArray().key("active_bytes").number(run.activeBytes());
    json.key("cap_bytes").number(run.capBytes()).key("notes").beginArray();
    run.notes().forEach(json::string);
    return json.endArray().endObject().toString();
  }
}
