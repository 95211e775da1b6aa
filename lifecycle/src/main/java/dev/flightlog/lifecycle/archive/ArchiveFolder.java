package dev.flightlog.lifecycle.archive;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.lifecycle.files.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The archives of weeks in one folder: {@code 2025_week_38.jsonl.gz}, its hash as {@code sha256sum}
 * writes it in {@code 2025_week_38.sha256}, and what is in it in {@code 2025_week_38.json}.
 *
 * <pre>
 *   1  .2025_week_38.new       all lines, written, forced, read back
 *   2  .2025_week_38.commit    what the new one is; from here on it counts
 *   3  .2025_week_38.new  ▶  2025_week_38.jsonl.gz
 *   4  2025_week_38.sha256, 2025_week_38.json
 *   5  .2025_week_38.commit is removed
 * </pre>
 *
 * <p>Ended anywhere before 2, the old one holds; anywhere behind it, {@link #recover} completes the
 * new one. For one thread and one process at a time; blocks; fails with {@link ArchiveException}.
 */
public final class ArchiveFolder {
  private static final String COMMIT = ".commit";
  private static final String NEW = ".new";

  private final Path folder;
  private final FileOperations files;

  /** The folder need not be there. */
  public ArchiveFolder(Path folder, FileOperations files) {
    this.folder = folder;
    this.files = files;
  }

  public Path folder() {
    return folder;
  }

  /** The archive's file, which may not be there. */
  public Path file(Week week) {
    return folder.resolve(week.fileName());
  }

  private Path beside(Week week, String suffix) {
    return folder.resolve(week.baseName() + suffix);
  }

  private Path hidden(Week week, String suffix) {
    return folder.resolve("." + week.baseName() + suffix);
  }

  /** All archives, oldest first. */
  public List<WeekArchive> list() {
    List<WeekArchive> all = new ArrayList<>();
    for (Path file : glob("*.jsonl.gz")) {
      Week.ofFileName(String.valueOf(file.getFileName())).flatMap(this::find).ifPresent(all::add);
    }
    all.sort(Comparator.comparing(WeekArchive::week));
    return all;
  }

  private List<Path> glob(String names) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, names)) {
        all.forEach(found::add);
      } catch (IOException | DirectoryIteratorException e) {
        throw new ArchiveException("the archives in " + folder + " cannot be listed: " + e, e);
      }
    }
    found.sort(null);
    return found;
  }

  /** The archive of a week. One that somebody put there without its description is read for it. */
  public Optional<WeekArchive> find(Week week) {
    if (!Files.isRegularFile(file(week))) {
      return Optional.empty();
    }
    try {
      Path description = beside(week, ".json");
      Optional<WeekArchive> told =
          Files.exists(description)
              ? WeekArchive.decode(Files.readAllBytes(description))
              : Optional.empty();
      return told.isPresent() ? told : Optional.of(described(week));
    } catch (IOException e) {
      throw new ArchiveException(file(week) + " cannot be read: " + e, e);
    }
  }

  private WeekArchive described(Week week) throws IOException {
    long lines = 0;
    try (ArchiveReader reader = new ArchiveReader(file(week))) {
      while (reader.next() != null) {
        lines++;
      }
    }
    return new WeekArchive(week, 0, lines, Files.size(file(week)), hash(file(week)));
  }

  /** Reads an archive that is there. */
  ArchiveReader open(Week week) {
    return new ArchiveReader(file(week));
  }

  /** Whether the archive is what it was when it was written; never throws for what it finds. */
  public Verification verify(Week week) {
    Path file = file(week);
    try {
      WeekArchive told = find(week).orElse(null);
      if (told == null) {
        return new Verification.Damaged(week, file + " is not there");
      }
      String hash = hash(file);
      Path hashes = beside(week, ".sha256");
      String noted = Files.exists(hashes) ? Files.readString(hashes) : "";
      if (!noted.isEmpty() && !noted.startsWith(hash) || !told.sha256().equals(hash)) {
        return new Verification.Damaged(
            week, file + " is not the file that was written: its SHA-256 is another");
      }
      long lines = described(week).lines();
      if (lines != told.lines()) {
        return new Verification.Damaged(
            week, file + " has " + lines + " lines, and not " + told.lines());
      }
      return noted.isEmpty()
          ? new Verification.Unhashed(told, hashes + " is not there, so only its form was checked")
          : new Verification.Sound(told);
    } catch (IOException e) {
      return new Verification.Damaged(week, file + " cannot be read: " + e);
    } catch (ArchiveException e) {
      return new Verification.Damaged(week, String.valueOf(e.getMessage()));
    }
  }

  private static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Gives the lines of an archive, one after another. */
  interface Lines {
    void to(LineWriter out) throws IOException;
  }

  /**
   * Writes the archive of a week in place of the one that is there; without a line there is none
   * afterwards. Returns when it is on the disk and was read back.
   */
  WeekArchive write(Week week, Lines own, Lines others) {
    try {
      files.createFolder(folder);
      Path fresh = hidden(week, NEW);
      WeekArchive written;
      try (LineWriter out = new LineWriter(files.create(fresh))) {
        own.to(out);
        long first = out.lines();
        others.to(out);
        String content = out.finish();
        files.force(fresh);
        requireReadable(fresh, content);
        written = new WeekArchive(week, first, out.lines() - first, Files.size(fresh), hash(fresh));
      }
      put(hidden(week, COMMIT), written.encode());
      complete(written);
      return written;
    } catch (IOException e) {
      throw new ArchiveException(
          "the archive of "
              + week
              + " cannot be written in "
              + folder
              + " ("
              + e
              + "): nothing was removed",
          e);
    }
  }

  private static void requireReadable(Path fresh, String content) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (ArchiveReader reader = new ArchiveReader(fresh)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        digest.update(line);
        digest.update((byte) '\n');
      }
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(content)) {
      throw new IOException(fresh + " does not read as it was written");
    }
  }

  private void put(Path file, byte[] bytes) throws IOException {
    Path fresh = folder.resolve("." + file.getFileName() + ".put");
    try (OutputStream out = files.create(fresh)) {
      out.write(bytes);
    }
    files.force(fresh);
    files.rename(fresh, file);
  }

  private void complete(WeekArchive archive) throws IOException {
    Week week = archive.week();
    if (archive.lines() == 0) {
      files.delete(file(week));
      files.delete(beside(week, ".sha256"));
      files.delete(beside(week, ".json"));
      files.delete(hidden(week, NEW));
    } else {
      if (Files.exists(hidden(week, NEW))) {
        files.rename(hidden(week, NEW), file(week));
      }
      String line = archive.sha256() + "  " + week.fileName() + "\n";
      put(beside(week, ".sha256"), line.getBytes(StandardCharsets.US_ASCII));
      put(beside(week, ".json"), archive.encode());
    }
    files.delete(hidden(week, COMMIT));
  }

  /** Completes or takes back what a run that ended has left. */
  public void recover() {
    try {
      for (Path commit : glob(".*" + COMMIT)) {
        WeekArchive.decode(Files.readAllBytes(commit))
            .filter(archive -> commit.equals(hidden(archive.week(), COMMIT)))
            .ifPresentOrElse(this::completeOrFail, () -> drop(commit));
      }
      for (Path fresh : glob(".*{" + NEW + ",.put}")) {
        files.delete(fresh);
      }
    } catch (IOException e) {
      throw new ArchiveException("what was begun in " + folder + " cannot be completed: " + e, e);
    }
  }

  private void completeOrFail(WeekArchive archive) {
    try {
      complete(archive);
    } catch (IOException e) {
      throw new ArchiveException(
          "the archive of " + archive.week() + " in " + folder + " cannot be completed: " + e, e);
    }
  }

  private void drop(Path file) {
    try {
      files.delete(file);
    } catch (IOException e) {
      throw new ArchiveException(file + " cannot be removed: " + e, e);
    }
  }
}
