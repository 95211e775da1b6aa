package dev.flightlog.formats.occurrence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The project of a working directory: the name of its repository's root, a worktree's being that of
 * its repository. Where the folder is on this machine, git's own files tell; else the path does, by
 * the places where worktrees are usually kept. Two roots of one name are one project unless they
 * are given names of their own: a name must not depend on what was imported first. Safe for any
 * thread.
 */
public final class Projects {
  private static final String SEPARATOR = "[/\\\\]";

  /** Worktrees in a folder of the program's own, which name the repository. */
  private static final Pattern NAMED =
      Pattern.compile(
          "^.+"
              + SEPARATOR
              + "(?:\\.cursor"
              + SEPARATOR
              + "worktrees|conductor"
              + SEPARATOR
              + "workspaces|\\.codex"
              + SEPARATOR
              + "worktrees"
              + SEPARATOR
              + "[^/\\\\]+)"
              + SEPARATOR
              + "([^/\\\\]+)(?:"
              + SEPARATOR
              + ".*)?$");

  /** {@code repo/.claude/worktrees/x}, {@code repo/.worktrees/x}, {@code repo/worktrees/x}. */
  private static final Pattern INSIDE =
      Pattern.compile(
          "^(.+?)"
              + SEPARATOR
              + "(?:\\.[\\w-]+"
              + SEPARATOR
              + ")?\\.?worktrees"
              + SEPARATOR
              + ".+$");

  /** {@code repo.worktrees/x}, {@code repo-worktrees/x}. */
  private static final Pattern BESIDE =
      Pattern.compile("^(.+?)[._-]+worktrees" + SEPARATOR + ".+$");

  private static final int MOST_KNOWN = 10_000;

  private final List<Named> configured;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /** A folder that was given a name; {@code folder} matches it and all that lies below. */
  private record Named(String pattern, Pattern folder, String name) {}

  /**
   * @param configured names of projects by folder; what lies below a folder belongs to it. In a
   *     folder {@code *} stands for any one name, and either separator for both. Where several
   *     folders hold, the longest one does.
   */
  public Projects(Map<String, String> configured) {
    this.configured =
        configured.entrySet().stream()
            .map(entry -> {
              String pattern = trimmed(entry.getKey());
              return new Named(pattern, folder(pattern), entry.getValue());
            })
            .sorted(
                Comparator.comparing((Named named) -> -named.pattern.length())
                    .thenComparing(Named::pattern))
            .toList();
  }

  private static Pattern folder(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(
          c == '*' ? "[^/\\\\]*" : isSeparator(c) ? SEPARATOR : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex + "(?:" + SEPARATOR + ".*)?", Pattern.DOTALL);
  }

  /** The project of work in this folder, or null when it says nothing. */
  public @Nullable String of(@Nullable String folder) {
    if (folder == null || folder.isBlank()) {
      return null;
    }
    String name = known.get(folder);
    if (name == null) {
      name = look(folder);
      if (known.size() < MOST_KNOWN) {
        known.put(folder, name);
      }
    }
    return name.isEmpty() ? null : name;
  }

  private String look(String folder) {
    String told = configured(folder);
    if (told != null) {
      return told;
    }
    String root = root(folder);
    told = configured(root);
    return told == null ? lastName(trimmed(root)) : told;
  }

  private @Nullable String configured(String folder) {
    for (Named named : configured) {
      if (named.folder.matcher(folder).matches()) {
        return named.name;
      }
    }
    return null;
  }

  private static String root(String folder) {
    String onDisk = onDisk(folder);
    if (onDisk != null) {
      return onDisk;
    }
    Matcher named = NAMED.matcher(folder);
    if (named.matches()) {
      return named.group(1);
    }
    Matcher inside = INSIDE.matcher(folder);
    if (inside.matches()) {
      return inside.group(1);
    }
    Matcher beside = BESIDE.matcher(folder);
    return beside.matches() ? beside.group(1) : folder;
  }

  /** The root that git's files tell, or null. */
  private static @Nullable String onDisk(String folder) {
    try {
      for (Path at = Path.of(folder); at != null && at.isAbsolute(); at = at.getParent()) {
        Path git = at.resolve(".git");
        if (Files.isDirectory(git)) {
          return at.toString();
        }
        if (Files.isRegularFile(git) && Files.size(git) < 4096) {
          return worktreeOf(at, Files.readString(git));
        }
      }
    } catch (IOException | InvalidPathException | SecurityException notHere) {
      return null;
    }
    return null;
  }

  /** {@code gitdir: /repo/.git/worktrees/x} stands in the file .git of a worktree. */
  private static String worktreeOf(Path folder, String text) {
    String told = text.strip();
    if (told.startsWith("gitdir:")) {
      Path dir = folder.resolve(told.substring("gitdir:".length()).strip()).normalize();
      Path worktrees = dir.getParent();
      Path git = worktrees == null ? null : worktrees.getParent();
      Path root = git == null ? null : git.getParent();
      if (worktrees != null && worktrees.endsWith("worktrees") && root != null) {
        return root.toString();
      }
    }
    return folder.toString();
  }

  private static String trimmed(String path) {
    int end = path.length();
    while (end > 1 && isSeparator(path.charAt(end - 1))) {
      end--;
    }
    return path.substring(0, end);
  }

  static String lastName(String path) {
    int start = path.length();
    while (start > 0 && !isSeparator(path.charAt(start - 1))) {
      start--;
    }
    return path.substring(start);
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '\\';
  }
}
