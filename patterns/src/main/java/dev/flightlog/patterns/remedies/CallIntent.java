package dev.flightlog.patterns.remedies;

import dev.flightlog.patterns.remedies.ToolCall.Role;
import dev.flightlog.wording.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a later call wants what a failed one wanted. Strict on purpose: a call that only works on
 * the same file does not repair an edit, so an edit must bring half of the words, and a command
 * must be the same program doing the same kind of work. Stateless.
 */
public final class CallIntent {
  private static final double HALF = 0.5;
  private static final int MOST_WORDS = 300;
  private static final List<String> NEW_TEXTS =
      List.of(
          "new_string",
          "new_str",
          "content",
          "file_text",
          "edits",
          "patch",
          "new_source",
          "insert_line");
  private static final List<String> OLD_TEXTS = List.of("old_string", "old_str");
  private static final Set<String> READERS =
      Set.of("cat", "head", "tail", "sed", "less", "more", "ls", "nl", "bat", "awk");
  private static final Set<String> WRITERS =
      Set.of(
          "sed", "perl", "python", "python3", "cat", "tee", "ed", "awk", "printf", "echo", "patch");

  private CallIntent() {}

  /** True when {@code later} wants what {@code failed} wanted. */
  public static boolean isSame(ToolCall failed, ToolCall later) {
    return switch (failed.role()) {
      case SHELL -> ofShell(failed, later);
      case READ -> ofRead(failed, later);
      case EDIT -> ofEdit(failed, later);
      case SEARCH -> ofSearch(failed, later);
      case OTHER ->
          failed.tool().equals(later.tool()) && alike(failed.arguments(), later.arguments());
    };
  }

  private static boolean ofShell(ToolCall failed, ToolCall later) {
    List<ShellCommand.Part> wanted = failed.shell().work();
    if (later.role() == Role.SHELL) {
      if (failed.arguments().equals(later.arguments())) {
        return true;
      }
      for (ShellCommand.Part part : later.shell().work()) {
        if (!wanted.isEmpty()
            && (isSame(wanted.getLast(), part) || concludes(wanted.getLast(), part))) {
          return true;
        }
      }
      return false;
    }
    boolean reads =
        !wanted.isEmpty()
            && READERS.contains(wanted.getLast().program())
            && !failed.shell().redirects();
    if (reads && (later.role() == Role.READ || later.role() == Role.SEARCH)) {
      return failed.shell().mentions(later.fileName());
    }
    boolean searches = failed.signature().equals("grep") || failed.signature().equals("rg");
    return searches && later.role() == Role.SEARCH && failed.shell().mentions(later.pattern());
  }

  /** A merge that stopped at conflicts is concluded by a commit, or by going on. */
  private static boolean concludes(ShellCommand.Part stopped, ShellCommand.Part later) {
    return switch (stopped.signature()) {
      case "git merge", "git pull" -> later.signature().equals("git commit");
      case "git rebase", "git cherry-pick", "git revert", "git am" ->
          later.signature().equals(stopped.signature()) && later.words().contains("--continue");
      default -> false;
    };
  }

  /** The same kind of work on half of the same things; or the same things by a near program. */
  static boolean isSame(ShellCommand.Part a, ShellCommand.Part b) {
    if (a.signature().equals(b.signature())) {
      return targetsAlike(a.targets(), b.targets());
    }
    Set<String> argumentsA = new HashSet<>(a.words().subList(1, a.words().size()));
    Set<String> argumentsB = new HashSet<>(b.words().subList(1, b.words().size()));
    if (argumentsA.isEmpty() || argumentsB.isEmpty()) {
      return false;
    }
    boolean near = a.program().startsWith(b.program()) || b.program().startsWith(a.program());
    return share(argumentsA, argumentsB) >= (near ? HALF : 1);
  }

  /** Half of what both are about is the same, by the last name of a path; or neither names any. */
  private static boolean targetsAlike(Set<String> a, Set<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() && b.isEmpty();
    }
    int same = 0;
    for (String each : a) {
      boolean met = b.contains(each);
      for (String other : b) {
        met |= lastName(each).equals(lastName(other));
      }
      same += met ? 1 : 0;
    }
    return same >= HALF * Math.max(a.size(), b.size());
  }

  private static String lastName(String path) {
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  private static boolean ofRead(ToolCall failed, ToolCall later) {
    if (later.role() == Role.SHELL) {
      List<ShellCommand.Part> work = later.shell().work();
      return !work.isEmpty()
          && (READERS.contains(work.getFirst().program()) || later.shell().looks())
          && later.shell().mentions(failed.fileName());
    }
    if (later.role() == Role.SEARCH) {
      return !failed.path().isEmpty() && failed.path().equals(later.path());
    }
    return later.role() == Role.READ && isSameFile(failed, later);
  }

  /** The same path, the same name elsewhere, a like name in the same folder, or a file inside. */
  private static boolean isSameFile(ToolCall failed, ToolCall later) {
    if (failed.path().isEmpty() || later.path().isEmpty()) {
      return false;
    }
    boolean inside = later.path().startsWith(failed.path() + '/');
    boolean likeName =
        failed.folder().equals(later.folder())
            && !Nearest.to(failed.fileName(), List.of(later.fileName()), 1).isEmpty();
    return failed.path().equals(later.path())
        || failed.fileName().equals(later.fileName())
        || inside
        || likeName;
  }

  private static boolean ofEdit(ToolCall failed, ToolCall later) {
    if (later.role() == Role.SHELL) {
      return !failed.fileName().isEmpty()
          && later.shell().mentions(failed.fileName())
          && !writer(later).isEmpty();
    }
    boolean sameFile =
        failed.path().isEmpty() || later.path().isEmpty()
            ? failed.tool().equals(later.tool())
            : failed.path().equals(later.path()) || failed.fileName().equals(later.fileName());
    return later.role() == Role.EDIT && sameFile && bringsTheSame(failed, later);
  }

  /** The program in a command that changes files; empty without one. */
  static String writer(ToolCall call) {
    for (ShellCommand.Part part : call.shell().parts()) {
      boolean prints = part.looks();
      if (WRITERS.contains(part.program()) && (!prints || call.shell().redirects())) {
        return part.program();
      }
    }
    return "";
  }

  /** Half of the words that should come in, or where there are none of those that should go. */
  private static boolean bringsTheSame(ToolCall failed, ToolCall later) {
    Set<String> wanted = words(failed, NEW_TEXTS);
    Set<String> brought = words(later, NEW_TEXTS);
    if (wanted.isEmpty()) {
      wanted = words(failed, OLD_TEXTS);
      brought = words(later, OLD_TEXTS);
    }
    int same = 0;
    for (String word : wanted) {
      same += brought.contains(word) ? 1 : 0;
    }
    return wanted.isEmpty() || same >= HALF * wanted.size();
  }

  private static Set<String> words(ToolCall call, List<String> arguments) {
    Set<String> words = new HashSet<>();
    for (String argument : arguments) {
      String text = call.arguments().getOrDefault(argument, "");
      StringBuilder word = new StringBuilder();
      for (int i = 0; i <= text.length() && words.size() < MOST_WORDS; i++) {
        if (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
          word.append(text.charAt(i));
        } else {
          if (word.length() > 1) {
            words.add(word.toString());
          }
          word.setLength(0);
        }
      }
    }
    return words;
  }

  private static boolean ofSearch(ToolCall failed, ToolCall later) {
    if (later.role() == Role.SHELL) {
      return !failed.pattern().isEmpty() && later.shell().mentions(failed.pattern());
    }
    return later.role() == Role.SEARCH
        && (failed.pattern().isEmpty()
            ? failed.path().equals(later.path())
            : failed.pattern().equals(later.pattern()));
  }

  /** Half of all arguments are equal; a lone one is equal or nearly so. */
  private static boolean alike(Map<String, String> a, Map<String, String> b) {
    Set<String> names = new HashSet<>(a.keySet());
    names.addAll(b.keySet());
    int equal = 0;
    for (String name : names) {
      equal += a.containsKey(name) && a.get(name).equals(b.get(name)) ? 1 : 0;
    }
    if (names.size() == 1 && equal == 0) {
      String only = names.iterator().next();
      return !Nearest.to(a.getOrDefault(only, ""), List.of(b.getOrDefault(only, "")), 1).isEmpty();
    }
    return equal >= HALF * names.size();
  }

  private static double share(Set<String> a, Set<String> b) {
    int same = 0;
    for (String each : a) {
      same += b.contains(each) ? 1 : 0;
    }
    return (double) same / (a.size() + b.size() - same);
  }
}
