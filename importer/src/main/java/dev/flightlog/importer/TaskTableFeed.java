package dev.flightlog.importer;

import dev.flightlog.formats.Formats;
import dev.flightlog.formats.lines.TaskTableReader;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.store.Mark;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database of tasks. A killed import goes on behind the last task that was stored, if the
 * file is still the same; one that has changed is read from its beginning, because evaluations and
 * outcomes come long after their tasks, and gives no event twice.
 */
final class TaskTableFeed {
  private static final String AFTER = "after";
  private static final String OF = "of";

  private final TaskTables tables;
  private final ReaderSettings settings;
  private final Handover handover;
  private final ImportTotals totals;
  private final Found file;
  private final Stamp stamp;
  private final String name;

  TaskTableFeed(
      TaskTables tables,
      ReaderSettings settings,
      Handover handover,
      ImportTotals totals,
      Found file,
      Stamp stamp) {
    this.tables = tables;
    this.settings = settings;
    this.handover = handover;
    this.totals = totals;
    this.file = file;
    this.stamp = stamp;
    this.name = settings.redactor().redact(file.path().toString());
  }

  void read(@Nullable FileMark mark) throws IOException, InterruptedException {
    long time = file.attributes().lastModifiedTime().to(TimeUnit.MICROSECONDS);
    TaskTableReader reader = new TaskTableReader(new FileContext(name, "", time), settings);
    tables.read(
        file.path(),
        start(mark),
        entry -> {
          totals.lines += entry.task().size() > 1 ? 1 : 0;
          totals.lines += entry.evaluations().size() + entry.outcomes().size();
          reader.read(entry.task(), entry.evaluations(), entry.outcomes(), handover.batch());
          if (handover.isFull()) {
            mark(FileFeed.UNFINISHED, entry.id());
            handover.handOver(totals.doneBytes);
          }
        });
    mark(stamp, Long.MAX_VALUE);
  }

  private long start(@Nullable FileMark mark) {
    boolean same =
        mark != null
            && mark.stamp().equals(FileFeed.UNFINISHED)
            && stamp.toString().equals(mark.state().get(OF));
    Object after = same && mark != null ? mark.state().get(AFTER) : null;
    return after instanceof Number id ? id.longValue() : Long.MIN_VALUE;
  }

  private void mark(Stamp as, long after) {
    Map<String, @Nullable Object> none = new HashMap<>();
    FileMark mark =
        new FileMark(as, Formats.TASK_DB, "", 0, 0, "", 0, false, 0, Map.of(), Map.of(), none);
    String encoded =
        FileMark.encode(
            mark, state -> state.key(OF).string(stamp.toString()).key(AFTER).number(after));
    handover.mark(new Mark(Importer.MARKS + name, encoded));
  }
}
