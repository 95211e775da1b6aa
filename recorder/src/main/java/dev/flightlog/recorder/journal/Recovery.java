package dev.flightlog.recorder.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the rings of processes that have gone into the journals, each line once, and removes them.
 * It works as the ring's owner did, with the same notes in the ring's header, so it may itself be
 * killed anywhere and begun again.
 */
public final class Recovery {
  private static final long FORGOTTEN_MILLIS = 600_000;

  private static final int LARGEST_RING = 1 << 30;

  private final Path basePath;
  private int rings;
  private int events;
  private final List<String> problems = new ArrayList<>();

  private Recovery(Path basePath) {
    this.basePath = basePath;
  }

  /** Recovers all rings of this folder whose process has gone. Blocks for file access. */
  public static Recovery of(Path basePath) {
    Recovery recovery = new Recovery(basePath);
    Path folder = basePath.resolve(RingFile.FOLDER);
    if (Files.isDirectory(folder)) {
      boolean interrupted = Thread.interrupted();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          recovery.visit(file);
        }
      } catch (IOException | DirectoryIteratorException e) {
        recovery.problems.add("cannot list " + folder + ": " + e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
    return recovery;
  }

  public int rings() {
    return rings;
  }

  public int events() {
    return events;
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void visit(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean unfinished = name.endsWith(RingFile.UNFINISHED);
    if (RingFile.isOurs(file) || !(unfinished || name.endsWith(RingFile.SUFFIX))) {
      return;
    }
    try {
      if (unfinished && !isForgotten(file)) {
        return;
      }
      lockAndRecover(file, unfinished);
    } catch (OverlappingFileLockException e) {
      // Its owner lives, in this process.
    } catch (IOException | RuntimeException e) {
      problems.add("cannot recover " + file + ": " + e);
    }
  }

  private static boolean isForgotten(Path file) throws IOException {
    long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    return age > FORGOTTEN_MILLIS;
  }

  private void lockAndRecover(Path file, boolean unfinished) throws IOException {
    boolean gone = true;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null || !Files.exists(file)) {
        return;
      }
      if (!unfinished) {
        try {
          drain(channel, file);
          rings++;
        } catch (DamagedRingException | RuntimeException e) {
          problems.add("moved to quarantine: " + file + " (" + e + ")");
          gone = false;
        }
      }
      if (gone) {
        Files.deleteIfExists(file);
      } else {
        quarantine(file);
      }
    }
  }

  private void quarantine(Path file) throws IOException {
    new DamagedPieces(basePath, file).add(0, new byte[0], "a ring that cannot be read; kept whole");
    Path folder = basePath.resolve("quarantine");
    Files.move(file, folder.resolve(String.valueOf(file.getFileName())));
  }

  private void drain(FileChannel channel, Path file) throws IOException, DamagedRingException {
    ByteBuffer copy = copy(channel);
    DamagedPieces pieces = new DamagedPieces(basePath, file);
    byte[] head = new byte[Ring.HEADER];
    copy.get(0, head);
    if (!Ring.hasSoundHead(copy)) {
      pieces.add(0, head, "a damaged head of a ring; its records were looked for one by one");
      Ring.forget(copy);
    }
    Ring ring = Ring.of(copy);
    long end = ring.reach(Intent.cleared(ring));
    if (end > ring.tail()) {
      pieces.add(0, head, "a damaged tail of a ring; the records behind it were taken, too");
      ring.extend(end);
    }
    Drain.Persist persist =
        () -> {
          ByteBuffer header = copy.duplicate().clear().limit(Ring.HEADER);
          while (header.hasRemaining()) {
            channel.write(header, header.position());
          }
        };
    Batch.Damaged damaged =
        (from, to) ->
            pieces.add(ring.offset(from), ring.copy(from, to), "a damaged record of a ring");
    try (JournalFiles files = new JournalFiles(basePath)) {
      new Drain(ring, files, lines -> events += lines, persist, damaged).recover();
    }
    if (pieces.count() > 0) {
      problems.add(
          pieces.count()
              + (pieces.count() == 1 ? " damaged piece of " : " damaged pieces of ")
              + file
              + " set aside in quarantine; the other events of the ring are in their journals");
    }
  }

  /** The bytes of the file; what was cut off, and a head that was, counts as zeros. */
  private static ByteBuffer copy(FileChannel channel) throws IOException, DamagedRingException {
    long size = channel.size();
    if (size > Ring.HEADER + (long) LARGEST_RING) {
      throw new DamagedRingException("no ring of " + size + " bytes was ever made");
    }
    int capacity = Math.max(Ring.SMALLEST, (int) Math.max(0, size - Ring.HEADER));
    capacity = Integer.highestOneBit(capacity * 2 - 1);
    ByteBuffer copy = ByteBuffer.allocateDirect(Ring.HEADER + capacity);
    copy.order(java.nio.ByteOrder.nativeOrder());
    while (copy.hasRemaining() && channel.read(copy, copy.position()) >= 0) {
      // reads on until the file's end
    }
    return copy.clear();
  }
}
