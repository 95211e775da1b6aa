package dev.flightlog.home.lifecycle;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.paths.UserPaths;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The transcripts of Claude Code, which it deletes some time after they were last written (30 days
 * unless its {@code cleanupPeriodDays} says otherwise), and the copies that a home keeps of them:
 * {@code preserved/claude/<project>/<session>.jsonl.gz}, redacted line by line. Stateless; blocks.
 */
public final class Transcripts {
  /** So long before their end people are told. */
  public static final Duration WARNING = Duration.ofDays(7);

  private static final int USUAL_DAYS = 30;

  private final Home home;
  private final Path projects;

  public Transcripts(Home home) {
    this.home = home;
    this.projects = UserPaths.claudeProjects(home.environment());
  }

  /** The folder of the copies, which need not be there. */
  public static Path folder(Home home) {
    return home.path().resolve("preserved");
  }

  private Path copy(Path transcript) {
    return folder(home)
        .resolve("claude")
        .resolve(projects.relativize(transcript).toString() + ".gz");
  }

  /** How long its owner keeps a transcript. */
  public Duration kept() {
    Path settings = projects.resolveSibling("settings.json");
    try {
      byte[] bytes = Files.isRegularFile(settings) ? Files.readAllBytes(settings) : new byte[0];
      if (bytes.length > 0
          && new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map
          && map.get("cleanupPeriodDays") instanceof Long days
          && days > 0
          && days < 100_000) {
        return Duration.ofDays(days);
      }
    } catch (IOException | JsonException e) {
      return Duration.ofDays(USUAL_DAYS);
    }
    return Duration.ofDays(USUAL_DAYS);
  }

  /** The transcripts that their owner deletes within a week, and of which there is no copy yet. */
  public List<Path> ending(Instant now) {
    Instant before = now.minus(kept()).plus(WARNING);
    List<Path> ending = new ArrayList<>();
    for (Path transcript : all()) {
      try {
        if (!Files.getLastModifiedTime(transcript).toInstant().isAfter(before)
            && !isPreserved(transcript)) {
          ending.add(transcript);
        }
      } catch (IOException e) {
        // It went at this moment.
      }
    }
    return ending;
  }

  private List<Path> all() {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(projects)) {
      return found;
    }
    try {
      Files.walkFileTree(
          projects,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && file.toString().endsWith(".jsonl")) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) {
              home.tell(file + " cannot be looked at: " + problem);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new HomeException(projects + " cannot be looked at: " + e);
    }
    found.sort(null);
    return found;
  }

  private boolean isPreserved(Path transcript) throws IOException {
    Path copy = copy(transcript);
    return Files.isRegularFile(copy)
        && !Files.getLastModifiedTime(copy)
            .toInstant()
            .isBefore(Files.getLastModifiedTime(transcript).toInstant());
  }

  /**
   * What became of the transcripts.
   *
   * @param transcripts that are there
   * @param copied now; of the others there were copies already
   * @param failed a sentence each
   */
  public record Preserved(long transcripts, long copied, List<String> failed) {}

  /** Copies every transcript that changed since it was copied last. */
  public Preserved preserve() {
    List<Path> all = all();
    List<String> failed = new ArrayList<>();
    Redactor redactor = home.redactor();
    long copied = 0;
    for (Path transcript : all) {
      try {
        if (!isPreserved(transcript)) {
          preserve(transcript, redactor);
          copied++;
        }
      } catch (IOException | UncheckedIOException e) {
        failed.add(transcript + " cannot be preserved: " + e);
      }
    }
    return new Preserved(all.size(), copied, failed);
  }

  /** Written beside, forced, read back, renamed; with the time of the transcript. */
  private void preserve(Path transcript, Redactor redactor) throws IOException {
    Path copy = copy(transcript);
    OwnerOnly.createFolder(AtomicFile.folderOf(copy));
    var time = Files.getLastModifiedTime(transcript);
    Path fresh = copy.resolveSibling("." + copy.getFileName() + AtomicFile.UNFINISHED);
    long lines;
    try (FileChannel channel =
            OwnerOnly.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(new GZIPOutputStream(Channels.newOutputStream(channel)))) {
      lines = redacted(transcript, redactor, out);
    }
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    if (lines(fresh) != lines) {
      throw new IOException(fresh + " does not read as it was written");
    }
    Files.setLastModifiedTime(fresh, time);
    Files.move(fresh, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    AtomicFile.forceFolder(AtomicFile.folderOf(copy));
  }

  private static long redacted(Path transcript, Redactor redactor, OutputStream out)
      throws IOException {
    RedactionBuffer buffer = new RedactionBuffer();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long lines = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(transcript), 1 << 16)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c != '\n') {
          line.write(c);
          continue;
        }
        write(line, redactor, buffer, out);
        lines++;
      }
    }
    if (line.size() > 0) {
      write(line, redactor, buffer, out);
      lines++;
    }
    return lines;
  }

  private static void write(
      ByteArrayOutputStream line, Redactor redactor, RedactionBuffer buffer, OutputStream out)
      throws IOException {
    byte[] bytes = line.toByteArray();
    if (redactor.redact(bytes, 0, bytes.length, buffer)) {
      out.write(buffer.array(), 0, buffer.length());
    } else {
      out.write(bytes);
    }
    out.write('\n');
    line.reset();
  }

  private static long lines(Path packed) throws IOException {
    long lines = 0;
    try (InputStream in =
        new BufferedInputStream(new GZIPInputStream(Files.newInputStream(packed)), 1 << 16)) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        lines += c == '\n' ? 1 : 0;
      }
    }
    return lines;
  }

  /**
   * Deletes the copies of a session, whose file or folder has its name.
   *
   * @return how many
   */
  public long forget(String session) {
    List<Path> copies = new ArrayList<>();
    Path folder = folder(home);
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.walk(folder)) {
      files
          .filter(file -> Files.isRegularFile(file) && isOf(folder.relativize(file), session))
          .forEach(copies::add);
      for (Path copy : copies) {
        Files.deleteIfExists(copy);
      }
      return copies.size();
    } catch (IOException | UncheckedIOException e) {
      throw new HomeException(
          "the copies of transcripts in " + folder + " cannot be deleted: " + e);
    }
  }

  private static boolean isOf(Path copy, String session) {
    for (Path part : copy) {
      if (part.toString().equals(session) || part.toString().equals(session + ".jsonl.gz")) {
        return true;
      }
    }
    return false;
  }
}
