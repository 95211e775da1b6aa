package dev.flightlog.alerts.state;

import dev.flightlog.event.files.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Wishes of other processes that alerts be acknowledged: an empty file each in a folder of the
 * home, which whoever keeps the book takes. So a command needs no server, and two never write one
 * file.
 */
public final class Acknowledgements {
  private static final String FOLDER = "alerts_acknowledged";
  private static final Pattern ID = Pattern.compile("[a-z0-9]{1,26}");

  private final Path folder;

  private Acknowledgements(Path folder) {
    this.folder = folder;
  }

  public static Acknowledgements inHome(Path home) {
    return new Acknowledgements(home.resolve(FOLDER));
  }

  /** Wishes for one; an id that can be none is passed over. */
  public void wish(String id) throws IOException {
    if (ID.matcher(id).matches()) {
      OwnerOnly.createFolder(folder);
      OwnerOnly.createFile(folder.resolve(id));
    }
  }

  /** The ids that are wished for. */
  public List<String> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  void clear() throws IOException {
    for (String id : all()) {
      Files.deleteIfExists(folder.resolve(id));
    }
  }
}
