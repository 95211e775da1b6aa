package dev.flightlog.importer;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.reading.DatabaseForm;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileMark;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.importer.bytes.GuardedReader;
import dev.flightlog.importer.bytes.ReadResult;
import dev.flightlog.store.Mark;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database of another program: what is new or has changed since it was read last. A killed
 * import begins there again, and gives no event twice.
 */
final class DatabaseFeed {
  private static final String SINCE = "since";

  private final Databases databases;
  private final ReaderSettings settings;
  private final Handover handover;
  private final ImportTotals totals;
  private final Found file;
  private final Format format;
  private final Stamp stamp;
  private final String name;
  private final Leftovers leftovers;
  private long refused;

  DatabaseFeed(
      Databases databases,
      ReaderSettings settings,
      Handover handover,
      ImportTotals totals,
      Found file,
      Format format,
      Stamp stamp) {
    this.databases = databases;
    this.settings = settings;
    this.handover = handover;
    this.totals = totals;
    this.file = file;
    this.format = format;
    this.stamp = stamp;
    this.leftovers = new Leftovers(totals, format);
    this.name = settings.redactor().redact(file.path().toString());
  }

  /** Reads on. */
  ReadResult read(DatabaseForm form, @Nullable FileMark mark)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> before = new HashMap<>();
    if (mark != null && mark.state().get(SINCE) instanceof Map<?, ?> since) {
      since.forEach((query, value) -> before.put(String.valueOf(query), value));
      leftovers.resume(mark);
    }
    Map<String, @Nullable Object> reached = new HashMap<>(before);
    long time = file.attributes().lastModifiedTime().to(TimeUnit.MICROSECONDS);
    FileContext context = new FileContext(name, FileContext.fingerprint(new byte[0], 0, 0), time);
    GuardedReader reader = new GuardedReader(format.rows(context, settings));
    if (mark != null) {
      reader.reader().restore(mark.state());
    }
    databases.read(
        file.path(),
        form,
        before,
        (json, length, record, since) -> {
          totals.lines++;
          switch (reader.read(json, 0, length, 0, handover.batch())) {
            case Reading.Known known -> {}
            case Reading.Unknown kind -> leftovers.unknown(kind);
            case Reading.Refused damaged -> refused++;
          }
          if (since != null) {
            reached.put(record, since);
          }
          if (handover.isFull()) {
            commit(reader, FileFeed.UNFINISHED, before);
            handover.handOver(totals.doneBytes);
          }
        });
    commit(reader, stamp, reached);
    totals.sessions.addAll(reader.reader().sessions());
    return refused == 0
        ? ReadResult.WHOLE
        : new ReadResult.Unread(refused + " of its rows could not be understood");
  }

  private void commit(GuardedReader reader, Stamp as, Map<String, @Nullable Object> since) {
    reader.reader().flush(handover.batch());
    Map<String, @Nullable Object> none = new HashMap<>();
    FileMark mark =
        new FileMark(as, format, "", 0, 0, "", 0, false, 0, leftovers.unknown(), Map.of(), none);
    String encoded = FileMark.encode(mark, state -> save(state, reader, since));
    handover.mark(new Mark(Importer.MARKS + name, encoded));
  }

  private static void save(
      JsonWriter state, GuardedReader reader, Map<String, @Nullable Object> since) {
    reader.reader().save(state);
    state.key(SINCE).beginObject();
    new TreeMap<>(since).forEach((query, value) -> state.key(query).value(value));
    state.endObject();
  }
}
