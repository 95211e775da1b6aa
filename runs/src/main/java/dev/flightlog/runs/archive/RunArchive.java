package dev.flightlog.runs.archive;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.runs.files.RunException;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.record.ArchiveRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A run in one file, {@code run.tar.gz}: its logs, its metrics, and the files that it made. The
 * same files always give the same bytes: entries are sorted, and no time or owner is kept. It is
 * read back before it takes its place. Stateless; blocks; needs little memory, whatever the size.
 */
public final class RunArchive {
  private RunArchive() {}

  /**
   * What was made.
   *
   * @param leftOut what is no regular file and so is not in it, such as links
   */
  public record Made(ArchiveRecord archive, long files, List<String> leftOut) {}

  /**
   * Makes the archive of a run, in the place of an earlier one.
   *
   * @param workspace of the files that the run made; or null
   * @throws IOException when something cannot be read or written; an earlier archive then stays
   */
  public static Made make(RunFolder run, @Nullable Path workspace) throws IOException {
    TreeMap<String, Path> files = new TreeMap<>();
    List<String> leftOut = new ArrayList<>();
    collect(RunFolder.LOGS, run.logs(), files, leftOut);
    if (Files.isRegularFile(run.file(RunFolder.METRICS), LinkOption.NOFOLLOW_LINKS)) {
      files.put(RunFolder.METRICS, run.file(RunFolder.METRICS));
    }
    if (workspace != null) {
      if (!Files.isDirectory(workspace)) {
        throw new RunException("there is no folder " + workspace + " to be archived");
      }
      collect("workspace", workspace, files, leftOut);
    }
    Path made = run.file(RunFolder.ARCHIVE);
    Path fresh = made.resolveSibling("." + RunFolder.ARCHIVE + ".new");
    try {
      write(fresh, files);
      String hash = verified(fresh, files);
      long size = Files.size(fresh);
      Files.move(fresh, made, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      AtomicFile.forceFolder(run.path());
      return new Made(
          new ArchiveRecord(RunFolder.ARCHIVE, size, hash), files.size(), List.copyOf(leftOut));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void collect(
      String name, Path folder, Map<String, Path> files, List<String> leftOut) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String entry = name + "/" + folder.relativize(file).toString().replace('\\', '/');
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.put(entry, file);
        } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          leftOut.add(entry);
        }
      }
    }
    leftOut.sort(null);
  }

  private static void write(Path fresh, Map<String, Path> files) throws IOException {
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
            OwnerOnly.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        GZIPOutputStream zipped = new GZIPOutputStream(out, 1 << 16)) {
      OutputStream buffered = new BufferedOutputStream(zipped, 1 << 16);
      TarWriter tar = new TarWriter(buffered);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        tar.add(file.getKey(), file.getValue(), Files.isExecutable(file.getValue()));
      }
      tar.end();
      buffered.flush();
      zipped.finish();
      out.flush();
      channel.force(true);
    }
  }

  /** Reads it back, every byte of every file in it, and answers the hash of what was read. */
  private static String verified(Path archive, TreeMap<String, Path> files) throws IOException {
    TreeMap<String, Path> missing = new TreeMap<>(files);
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream packed = new DigestInputStream(Files.newInputStream(archive), digest);
        InputStream in = new GZIPInputStream(packed, 1 << 16)) {
      TarReader tar = new TarReader(in);
      for (TarReader.Item item = tar.next(); item != null; item = tar.next()) {
        Path file = missing.remove(item.name());
        if (file == null || !sameBytes(tar, file, buffer)) {
          throw new IOException(archive + " does not hold " + item.name() + " as it is");
        }
      }
      while (in.read(buffer) >= 0 || packed.read(buffer) >= 0) {
        // To the end of the file, which belongs to the hash.
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(archive + " does not hold " + missing.firstKey());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static boolean sameBytes(TarReader tar, Path file, byte[] buffer) throws IOException {
    byte[] other = new byte[buffer.length];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        if (in.readNBytes(other, 0, count) != count
            || !java.util.Arrays.equals(buffer, 0, count, other, 0, count)) {
          return false;
        }
      }
      return in.read() < 0;
    }
  }

  /** The SHA-256 of a file, in lower-case hexadecimal digits. */
  public static String hash(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
