package dev.flightlog.runs.archive;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.files.FileTree;
import dev.flightlog.event.files.OwnerOnly;
import dev.flightlog.runs.files.RunException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Takes an archive apart into a new folder, all or nothing: plain files and folders below it, and
 * nothing else, whatever the archive says. Stateless; blocks.
 */
public final class Extraction {
  private static final long MOST_BYTES = 1L << 36;
  private static final int MOST_FILES = 2_000_000;

  private Extraction() {}

  /**
   * Extracts into a folder that is not there yet, or is empty.
   *
   * @return how many files came
   * @throws RunException when the archive is damaged, or has an entry that must not be extracted;
   *     nothing was extracted then
   */
  public static long into(Path archive, Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isEmptyFolder(target)) {
      throw new RunException(
          target + " is there already; extract into a folder that is new or empty");
    }
    Path parent = AtomicFile.folderOf(target);
    OwnerOnly.createFolder(parent);
    Path fresh = Files.createTempDirectory(parent, ".restoring");
    try {
      long files = extract(archive, fresh);
      Files.deleteIfExists(target);
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      return files;
    } catch (ZipException e) {
      throw new RunException(archive + " is no gzip file, or damaged: " + e.getMessage(), e);
    } catch (java.io.EOFException e) {
      throw new RunException(archive + " is cut: it ends in the middle of something", e);
    } finally {
      FileTree.delete(fresh);
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private static long extract(Path archive, Path fresh) throws IOException {
    long files = 0;
    long bytes = 0;
    Set<String> seen = new HashSet<>();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
      TarReader tar = new TarReader(in);
      for (TarReader.Item item = tar.next(); item != null; item = tar.next()) {
        Path file = place(archive, fresh, item.name());
        switch (item.type()) {
          case '5' -> {
            OwnerOnly.createFolder(file);
            continue;
          }
          case '0' -> {
            // A file, which is written below.
          }
          default ->
              throw refused(archive, item.name(), "it is a link or a device, not a plain file");
        }
        // File systems that do not tell A from a would write one file over the other.
        if (!seen.add(item.name().toLowerCase(Locale.ROOT))) {
          throw refused(archive, item.name(), "it is there twice");
        }
        bytes += item.size();
        if (++files > MOST_FILES || bytes > MOST_BYTES) {
          throw refused(archive, item.name(), "the archive holds too many files or bytes");
        }
        write(tar, file, item.executable(), buffer);
      }
      if (in.read(buffer) >= 0) {
        // What stands behind the end is padding; reading it checks the sum of gzip.
        while (in.read(buffer) >= 0) {
          continue;
        }
      }
    } catch (java.nio.file.FileAlreadyExistsException | java.nio.file.NotDirectoryException e) {
      throw refused(archive, String.valueOf(e.getFile()), "it is a file and a folder at once");
    }
    return files;
  }

  private static void write(TarReader tar, Path file, boolean executable, byte[] buffer)
      throws IOException {
    OwnerOnly.createFolder(AtomicFile.folderOf(file));
    if (!OwnerOnly.createFile(file)) {
      throw new java.nio.file.FileAlreadyExistsException(file.toString());
    }
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
        out.write(buffer, 0, count);
      }
    }
    if (executable && !file.toFile().setExecutable(true, true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  /** Where an entry goes: below the folder, or nowhere. */
  private static Path place(Path archive, Path folder, String name) {
    String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    if (plain.isEmpty() || plain.startsWith("/") || plain.indexOf('\\') >= 0) {
      throw refused(archive, name, "its name is no relative path");
    }
    for (String part : plain.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf(':') >= 0) {
        throw refused(archive, name, "its name leads elsewhere");
      }
      if (part.codePoints().anyMatch(Character::isISOControl)) {
        throw refused(archive, name, "its name has characters that are no text");
      }
    }
    try {
      Path file = folder.resolve(plain).normalize();
      if (file.startsWith(folder) && !file.equals(folder)) {
        return file;
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw refused(archive, name, "its name leads elsewhere");
  }

  private static RunException refused(Path archive, String name, String why) {
    String shown =
        name.codePoints()
            .limit(80)
            .map(point -> Character.isISOControl(point) ? '?' : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return new RunException(
        archive
            + " has an entry '"
            + shown
            + "' that is not extracted: "
            + why
            + ". Nothing was extracted");
  }
}
