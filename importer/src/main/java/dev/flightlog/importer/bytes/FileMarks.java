package dev.flightlog.importer.bytes;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.Format;
import dev.flightlog.importer.bytes.FileMark.Stamp;
import dev.flightlog.store.EventStore;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The marks of files, for looks that mostly find nothing new: a file that is as it was when all of
 * it was known to be in the store needs no mark, so that these are read only when some file
 * changed. Kept from look to look, for a bounded number of files. For one thread at a time.
 */
public final class FileMarks {
  /** How their keys begin. */
  public static final String PREFIX = "file:";

  private static final int MOST = 50_000;

  /** So many marks are asked for one by one in a look. */
  private static final int FEW = 8;

  private final EventStore store;
  private final Redactor redactor;
  private final Map<Path, Known> files = new HashMap<>();
  private @Nullable Map<String, String> encoded;
  private int asked;

  public FileMarks(EventStore store, Redactor redactor) {
    this.store = store;
    this.redactor = redactor;
  }

  /** What is known of a file. */
  private static final class Known {
    @Nullable String name;
    @Nullable Stamp whole;
    @Nullable Format format;
  }

  /** A look begins: marks are read anew when one is asked for. */
  public void begin() {
    encoded = null;
    asked = 0;
  }

  /** True when all of the file is in the store, read as this format; null for any. */
  public boolean isWhole(Path file, Stamp stamp, @Nullable Format wanted) {
    Known known = files.get(file);
    if (known == null || known.whole == null) {
      known = keptAsWhole(file, stamp);
    }
    return known != null && stamp.isSame(known.whole) && (wanted == null || wanted == known.format);
  }

  /**
   * What the mark of a file tells that is kept under its own path; the others have another name,
   * which only the redactor knows.
   */
  private @Nullable Known keptAsWhole(Path file, Stamp stamp) {
    String mark = encoded(PREFIX + file);
    Format format = mark == null ? null : FileMark.wholeAs(mark, stamp);
    if (format == null) {
      return null;
    }
    Known known = known(file);
    known.whole = stamp;
    known.format = format;
    return known;
  }

  /** All of the file is in the store. */
  public void whole(Path file, FileMark mark) {
    Known known = known(file);
    known.whole = mark.stamp();
    known.format = mark.format();
  }

  /** How far a file was read; null when it was not, or its mark cannot be read. */
  public @Nullable FileMark of(Path file) {
    String mark = encoded(PREFIX + name(file));
    return mark == null ? null : FileMark.decode(mark);
  }

  /** One by one while they are few, then all at once. */
  private @Nullable String encoded(String key) {
    Map<String, String> all = encoded;
    if (all == null && asked++ < FEW) {
      return store.marks(key).get(key);
    }
    if (all == null) {
      all = store.marks(PREFIX);
      encoded = all;
    }
    return all.get(key);
  }

  /** A path as it is kept, without secrets. */
  public String name(Path file) {
    Known known = known(file);
    String name = known.name;
    if (name == null) {
      name = redactor.redact(file.toString());
      known.name = name;
    }
    return name;
  }

  private Known known(Path file) {
    Known known = files.get(file);
    if (known == null) {
      known = new Known();
      if (files.size() >= MOST) {
        files.clear();
      }
      files.put(file, known);
    }
    return known;
  }
}
