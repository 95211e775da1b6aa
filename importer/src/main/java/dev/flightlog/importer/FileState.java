package dev.flightlog.importer;

import dev.flightlog.importer.FileFinder.Found;
import dev.flightlog.importer.bytes.FileBytes;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of a file from outside: whether it changed, and whether it still grows. */
final class FileState {
  private static final Pattern JOURNAL = Pattern.compile("story_.*_(\\d{8})(?:-\\d+)?\\.jsonl");
  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private FileState() {}

  /** What tells a changed file without opening it. */
  static Stamp stamp(Found file) throws IOException {
    long changed = 0;
    try {
      Object time = Files.getAttribute(file.path(), "unix:ctime");
      changed = ((FileTime) time).to(TimeUnit.NANOSECONDS);
    } catch (UnsupportedOperationException | IllegalArgumentException notPosix) {
      // Without it, content that changes under the same size and time is not noticed.
    }
    long size = file.attributes().size();
    long modified = file.attributes().lastModifiedTime().to(TimeUnit.NANOSECONDS);
    String name = String.valueOf(file.path().getFileName());
    Path log = file.path().resolveSibling(name + "-wal");
    if (!isLines(name) && Files.exists(log)) {
      // What was added to a database may stand in its log only.
      size += Files.size(log);
      modified = Math.max(modified, Files.getLastModifiedTime(log).to(TimeUnit.NANOSECONDS));
    }
    return new Stamp(size, modified, changed);
  }

  /** True for what is no database, by its name, so that no log stands beside it. */
  private static boolean isLines(String name) {
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".gz");
  }

  /** True when nobody goes on writing: compressed, a journal of a past day, or long untouched. */
  static boolean isClosed(Found file, Clock clock) throws IOException {
    String name = String.valueOf(file.path().getFileName());
    Matcher journal = JOURNAL.matcher(name);
    if (journal.matches()) {
      String today =
          LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
              .format(DateTimeFormatter.BASIC_ISO_DATE);
      return journal.group(1).compareTo(today) < 0;
    }
    return clock.millis() - file.attributes().lastModifiedTime().toMillis() > DAY
        || (file.attributes().size() > 0 && FileBytes.isCompressed(file.path()));
  }
}
