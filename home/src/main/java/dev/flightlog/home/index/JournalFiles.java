package dev.flightlog.home.index;

import dev.flightlog.home.paths.HomeException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The journals in a folder. Stateless. */
public final class JournalFiles {
  private static final String NAMES = "story_*.{jsonl,jsonl.gz}";

  private JournalFiles() {}

  /**
   * The regular files that are named like a journal, by name. What else has such a name, a folder
   * or a pipe, is none.
   *
   * @throws HomeException when the folder cannot be listed
   */
  public static List<Path> in(Path folder) {
    return listed(folder, true);
  }

  /** What is named like a journal and cannot be read as one: folders, pipes, links to nowhere. */
  public static List<Path> others(Path folder) {
    return listed(folder, false);
  }

  private static List<Path> listed(Path folder, boolean regular) {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAMES)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) == regular) {
          found.add(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new HomeException(
          "the journals in " + folder + " cannot be listed (" + e + "): check its permissions");
    }
    found.sort(null);
    return found;
  }
}
