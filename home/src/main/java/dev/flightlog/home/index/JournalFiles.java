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
  private JournalFiles() {}

  /**
   * What is named like a journal in a folder.
   *
   * @param journals the regular files, by name
   * @param others what cannot be read as one: folders, pipes, links to nowhere
   */
  public record Listed(List<Path> journals, List<Path> others) {}

  /**
   * Looks through a folder.
   *
   * @throws HomeException when the folder cannot be listed
   */
  public static Listed listed(Path folder) {
    List<Path> journals = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return new Listed(journals, others);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, JournalFiles::isNamedSo)) {
      for (Path file : files) {
        (Files.isRegularFile(file) ? journals : others).add(file);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new HomeException(
          "the journals in " + folder + " cannot be listed (" + e + "): check its permissions");
    }
    journals.sort(null);
    return new Listed(journals, others);
  }

  /** The journals of {@link #listed}. */
  public static List<Path> in(Path folder) {
    return listed(folder).journals();
  }

  /** The others of {@link #listed}. */
  public static List<Path> others(Path folder) {
    return listed(folder).others();
  }

  private static boolean isNamedSo(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith("story_") && (name.endsWith(".jsonl") || name.endsWith(".jsonl.gz"));
  }
}
