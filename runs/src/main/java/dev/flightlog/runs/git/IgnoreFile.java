package dev.flightlog.runs.git;

import dev.flightlog.event.files.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a {@code .gitignore} that keep summaries and metadata of runs in git, and logs,
 * workspaces and archives out of it. Lines of others stay as they are, byte for byte. Blocks.
 */
public final class IgnoreFile {
  private IgnoreFile() {}

  /** The lines for runs below a folder, such as {@code runs}. */
  static List<String> lines(String runs) {
    List<String> lines = new ArrayList<>();
    for (String ignored :
        List.of("workspace/", "artifacts/", "logs/", ".run.lock", "*.tar.gz", "*.zip")) {
      lines.add(runs + "/*/*/" + ignored);
    }
    for (String tracked : List.of("*.json", "commit.txt", "*.md", "logs_summary.txt")) {
      lines.add("!" + runs + "/*/*/" + tracked);
    }
    return lines;
  }

  /**
   * Adds those lines that are missing to the file of a repository, at its end.
   *
   * @param repository the folder in which {@code .gitignore} is, or will be
   * @param runs the root of runs, in it
   * @return the lines that were added
   * @throws IllegalArgumentException when the root is not in the repository
   */
  public static List<String> update(Path repository, Path runs) throws IOException {
    Path top = repository.toAbsolutePath().normalize();
    Path root = runs.toAbsolutePath().normalize();
    if (!root.startsWith(top) || root.equals(top)) {
      throw new IllegalArgumentException(
          root + " is not below " + top + ", the folder of .gitignore; name another root");
    }
    String below = escaped(top.relativize(root).toString().replace('\\', '/'));
    Path file = top.resolve(".gitignore");
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    String text = new String(before, StandardCharsets.ISO_8859_1);
    List<String> there = text.lines().map(String::strip).toList();
    List<String> added =
        lines(below).stream().filter(line -> !there.contains(latin(line))).toList();
    if (added.isEmpty()) {
      return added;
    }
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder more = new StringBuilder();
    if (!text.isEmpty() && !text.endsWith("\n")) {
      more.append(end);
    }
    added.forEach(line -> more.append(line).append(end));
    byte[] bytes = more.toString().getBytes(StandardCharsets.UTF_8);
    byte[] whole = java.util.Arrays.copyOf(before, before.length + bytes.length);
    System.arraycopy(bytes, 0, whole, before.length, bytes.length);
    replace(file, whole);
    return added;
  }

  private static String latin(String line) {
    return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** A file that others read keeps its permissions, and a link stays one. */
  private static void replace(Path file, byte[] bytes) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, bytes);
      return;
    }
    Path real = file.toRealPath();
    var permissions =
        real.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? Files.getPosixFilePermissions(real)
            : null;
    AtomicFile.write(real, bytes);
    if (permissions != null) {
      Files.setPosixFilePermissions(real, permissions);
    }
  }

  /** What git takes for a pattern stands for itself. */
  private static String escaped(String path) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if ("*?[]\\!# ".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
