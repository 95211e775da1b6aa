package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.Journals;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes an archive out again as files: our own journals line by line as they were, and what was
 * imported as {@code imported_2025_week_38.jsonl}. The archive stays. For one call.
 */
public final class Restoring {
  private final Archives archives;
  private final Path folder;
  private final ArchivedLine lines = new ArchivedLine();
  private final Map<Path, OutputStream> open = new LinkedHashMap<>();

  private Restoring(Archives archives, Path folder) {
    this.archives = archives;
    this.folder = folder;
  }

  /**
   * Restores a week into a folder, which is made when it is not there.
   *
   * @return how many lines each file has
   * @throws ArchiveException when the archive is not there or damaged, or a file of such a name is
   *     in the folder already; then none of its files is left there
   */
  public static Map<Path, Long> restore(Archives archives, Week week, Path folder) {
    Verification found = archives.folder().verify(week);
    if (found instanceof Verification.Damaged damaged) {
      throw new ArchiveException(damaged.why());
    }
    return new Restoring(archives, folder).run(week);
  }

  private Map<Path, Long> run(Week week) {
    Map<Path, Long> counts = new LinkedHashMap<>();
    boolean done = false;
    try {
      OwnerOnly.createFolder(folder);
      archives.lines(
          week,
          (line, journal) -> {
            Path file =
                folder.resolve(
                    journal ? journalOf(line, week) : "imported_" + week.baseName() + ".jsonl");
            OutputStream out = out(file);
            out.write(journal ? original(line) : line);
            out.write('\n');
            counts.merge(file, 1L, Long::sum);
          });
      for (OutputStream out : open.values()) {
        out.close();
      }
      done = true;
      return counts;
    } catch (FileAlreadyExistsException e) {
      throw new ArchiveException(
          e.getFile() + " is there already: restore into an empty folder with --to DIR", e);
    } catch (IOException e) {
      throw new ArchiveException(week + " cannot be restored into " + folder + ": " + e, e);
    } finally {
      if (!done) {
        takeBack();
      }
    }
  }

  private OutputStream out(Path file) throws IOException {
    OutputStream out = open.get(file);
    if (out == null) {
      out =
          new BufferedOutputStream(
              Channels.newOutputStream(
                  OwnerOnly.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
      open.put(file, out);
    }
    return out;
  }

  private void takeBack() {
    open.forEach((file, out) -> {
      try {
        out.close();
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // What cannot be removed was made by this call, and is told by its failure.
      }
    });
  }

  private String journalOf(byte[] line, Week week) {
    Optional<Event> event = lines.anyEvent(line);
    if (event.isPresent()) {
      String story = event.get().text(Field.STORY_ID);
      return Journals.fileName(story == null ? "default" : story, event.get().micros());
    }
    Map<?, ?> piece = piece(line);
    return piece != null
            && piece.get("journal") instanceof String name
            && name.matches("story_[A-Za-z0-9._-]+")
        ? name
        : Journals.fileName("default", week.since());
  }

  private byte[] original(byte[] line) {
    Map<?, ?> piece = lines.anyEvent(line).isPresent() ? null : piece(line);
    return piece != null && piece.get("text") instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : line;
  }

  private static @Nullable Map<?, ?> piece(byte[] line) {
    try {
      return new JsonReader().reset(line, 0, line.length).value() instanceof Map<?, ?> map
          ? map
          : null;
    } catch (JsonException e) {
      return null;
    }
  }
}
