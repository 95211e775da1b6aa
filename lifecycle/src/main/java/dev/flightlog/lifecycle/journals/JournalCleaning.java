package dev.flightlog.lifecycle.journals;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.lifecycle.archive.ArchiveException;
import dev.flightlog.lifecycle.files.FileOperations;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of a session out of journals, also of those that a recorder writes at this
 * moment: the journal is renamed into a folder of its own, what stays of it is written beside and
 * put in its place; where a recorder has begun the file anew meanwhile, it is appended. Ended
 * anywhere, the next call goes on. For one thread.
 */
public final class JournalCleaning {
  private static final String ASIDE = ".cleaning";
  private static final long RECORDER_LOOKS_MILLIS = 250;

  private final Path folder;
  private final FileOperations files;
  private final JournalLines lines = new JournalLines();

  public JournalCleaning(Path folder, FileOperations files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * Removes the session from all journals of the folder.
   *
   * @return how many lines went
   */
  public long remove(String session) {
    try {
      Path aside = folder.resolve(ASIDE);
      long removed = 0;
      for (Path left : journals(aside)) {
        removed += clean(left, session);
      }
      for (Path journal : journals(folder)) {
        if (holds(journal, session)) {
          files.createFolder(aside);
          Path moved = aside.resolve(String.valueOf(journal.getFileName()));
          files.rename(journal, moved);
          removed += clean(moved, session);
        }
      }
      files.delete(aside);
      return removed;
    } catch (IOException e) {
      throw new ArchiveException("the journals in " + folder + " cannot be rewritten: " + e, e);
    }
  }

  private static List<Path> journals(Path place) throws IOException {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> all =
          Files.newDirectoryStream(place, "story_*.{jsonl,jsonl.gz}")) {
        for (Path file : all) {
          if (Files.isRegularFile(file)) {
            found.add(file);
          }
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    found.sort(null);
    return found;
  }

  private static boolean isOf(@Nullable Event event, byte[] line, String session) {
    return event == null
        ? new String(line, StandardCharsets.UTF_8).contains(session)
        : session.equals(event.text(Field.SESSION_ID));
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1);
  }

  private boolean holds(Path journal, String session) throws IOException {
    boolean[] any = new boolean[1];
    lines.forEach(journal, (line, event) -> any[0] |= isOf(event, line, session));
    return any[0];
  }

  /** Cleans a journal that was put aside, and puts what stays where it was. */
  private long clean(Path moved, String session) throws IOException {
    Path journal = folder.resolve(String.valueOf(moved.getFileName()));
    if (System.currentTimeMillis() - Files.getLastModifiedTime(moved).toMillis() < 120_000) {
      // Whoever has it open notices within this time that it is another file now.
      LockSupport.parkNanos(RECORDER_LOOKS_MILLIS * 1_000_000);
    }
    Path fresh = moved.resolveSibling("new");
    long removed;
    long read;
    do {
      Set<String> there = new HashSet<>();
      if (Files.exists(journal)) {
        lines.forEach(journal, (line, event) -> there.add(text(line)));
      }
      long[] gone = new long[1];
      try (OutputStream raw = files.create(fresh);
          OutputStream out =
              new BufferedOutputStream(
                  moved.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw)) {
        read =
            lines.forEach(
                moved,
                (line, event) -> {
                  if (isOf(event, line, session)) {
                    gone[0]++;
                  } else if (!there.contains(text(line))) {
                    out.write(line);
                    out.write('\n');
                  }
                });
      }
      removed = gone[0];
    } while (read != Files.size(moved));
    files.force(fresh);
    if (Files.size(fresh) > 0) {
      if (!files.renameIfAbsent(fresh, journal)) {
        files.append(journal, Files.readAllBytes(fresh));
      }
    }
    files.delete(fresh);
    files.delete(moved);
    return removed;
  }
}
