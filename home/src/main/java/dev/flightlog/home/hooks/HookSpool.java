package dev.flightlog.home.hooks;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.RegularFile;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.hooks.HookProgram;
import dev.flightlog.home.Home;
import dev.flightlog.recorder.FlightRecorder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which hooks leave what they tell when nobody listens: one file each. A file is
 * complete when it holds a whole JSON object, for the beginning of one is none; it is deleted when
 * what it tells is in the journal, so that a process that is killed in between takes it up again,
 * which changes nothing. One process at a time takes up.
 */
public final class HookSpool {
  /** A file that is not complete by then never will be: its writer was killed. In milliseconds. */
  private static final long PATIENCE = 10_000;

  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_TOLD = 1000;

  private final Home home;
  private final HookFolder folder;
  private final Set<String> told = new HashSet<>();

  public HookSpool(Home home) {
    this.home = home;
    this.folder = HookFolder.of(home);
  }

  /** One file of the spool. */
  private record Left(Path path, long micros, long size) {}

  /** True when there is something to take up; quick. */
  public boolean hasFiles() {
    if (!Files.isDirectory(folder.spool())) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.spool())) {
      return files.iterator().hasNext();
    } catch (IOException | DirectoryIteratorException e) {
      return false;
    }
  }

  /** As {@link #takeUp(HookIntake)}, by a recorder of its own where there is something. */
  public int takeUp() {
    if (!hasFiles()) {
      return 0;
    }
    try (FlightRecorder recorder = FlightRecorder.open(home.recorderConfig())) {
      return takeUp(new HookIntake(home, recorder));
    }
  }

  /**
   * Takes up all files that are complete, in the order in which they were written; 0 while another
   * process does. What is no hook's is set aside in the quarantine.
   *
   * @return how many were taken up
   */
  public int takeUp(HookIntake intake) {
    if (!hasFiles()) {
      return 0;
    }
    try (FileChannel channel =
            OwnerOnly.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        return 0;
      }
      intake.load();
      int taken = 0;
      List<Path> done = new ArrayList<>();
      for (Left each : files()) {
        Outcome outcome = take(each, intake);
        if (outcome == Outcome.STOP) {
          break;
        }
        if (outcome == Outcome.DONE) {
          done.add(each.path);
          taken++;
        }
      }
      if (!done.isEmpty()) {
        intake.save();
        for (Path each : done) {
          Files.deleteIfExists(each);
        }
      }
      return taken;
    } catch (IOException e) {
      tellOnce("what hooks left in " + folder.spool() + " cannot be taken up: " + e);
      return 0;
    }
  }

  /** It is looked at several times a second. */
  private void tellOnce(String problem) {
    if (told.size() < MOST_TOLD && told.add(problem)) {
      home.tell(problem);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private enum Outcome {
    DONE,
    LATER,
    STOP
  }

  private List<Left> files() throws IOException {
    List<Left> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.spool())) {
      for (Path file : files) {
        left(file).ifPresent(found::add);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Comparator.comparingLong(Left::micros).thenComparing(Left::path));
    return found;
  }

  /** Nothing for what is no file, or has gone meanwhile. */
  private static Optional<Left> left(Path file) throws IOException {
    try {
      BasicFileAttributes of =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Instant written = of.lastModifiedTime().toInstant();
      return of.isRegularFile()
          ? Optional.of(new Left(file, Timestamps.of(written), of.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Outcome take(Left file, HookIntake intake) throws IOException {
    String name = String.valueOf(file.path.getFileName());
    int dash = name.indexOf('-');
    Optional<HookProgram> program = HookProgram.named(dash < 0 ? "" : name.substring(0, dash));
    long age = Timestamps.of(home.clock().instant()) - file.micros;
    if (program.isEmpty() || file.size > MOST_BYTES) {
      return setAside(file, new byte[0], "it is no file of a hook of ours");
    }
    byte[] bytes;
    try {
      bytes = RegularFile.read(file.path);
    } catch (IOException e) {
      tellOnce(file.path + " cannot be read, and is left where it is: " + e);
      return Outcome.LATER;
    }
    if (!isWhole(bytes)) {
      return age < PATIENCE * 1000
          ? Outcome.LATER
          : setAside(file, bytes, "its hook was stopped while it wrote");
    }
    return switch (intake.take(program.get(), bytes, file.micros)) {
      case Receipt.Kept kept -> Outcome.DONE;
      case Receipt.Refused refused -> setAside(file, bytes, refused.reason());
      case Receipt.Unwritten unwritten -> {
        tellOnce("what hooks tell waits in " + folder.spool() + ": " + unwritten.problem());
        yield Outcome.STOP;
      }
    };
  }

  private static boolean isWhole(byte[] bytes) {
    try {
      JsonReader reader = new JsonReader().reset(bytes, 0, bytes.length);
      if (reader.peek() != JsonReader.Token.OBJECT) {
        return false;
      }
      reader.skip();
      reader.finish();
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private Outcome setAside(Left file, byte[] bytes, String reason) throws IOException {
    JsonWriter line = new JsonWriter().beginObject();
    line.key("source").string(String.valueOf(file.path.getFileName()));
    line.key("offset").number(0).key("length").number(file.size);
    line.key("sha256").string(HexFormat.of().formatHex(Sha256.digest().digest(bytes)));
    line.key("reason").string(reason);
    String text = new String(bytes, StandardCharsets.UTF_8);
    line.key("text").string(home.redactor().redact(text)).endObject().append('\n');
    Path quarantine = home.path().resolve("quarantine");
    OwnerOnly.createFolder(quarantine);
    OwnerOnly.append(quarantine.resolve("hooks.jsonl"), line.toByteArray());
    home.tell("set aside what a hook told (" + reason + "): " + quarantine.resolve("hooks.jsonl"));
    return Outcome.DONE;
  }
}
