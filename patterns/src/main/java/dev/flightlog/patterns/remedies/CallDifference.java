package dev.flightlog.patterns.remedies;

import dev.flightlog.patterns.facts.Change;
import dev.flightlog.patterns.facts.Change.Kind;
import dev.flightlog.patterns.remedies.ToolCall.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The smallest difference between a failed call and a later one of the same intent: first what was
 * done between them that can matter to such a call, then how the later call itself differs, the
 * most telling change only. Stateless.
 */
public final class CallDifference {
  private CallDifference() {}

  /**
   * @param between calls that succeeded between the two, in their order
   */
  public static Change of(ToolCall failed, List<ToolCall> between, ToolCall later) {
    if (failed.role() != later.role()) {
      if (later.role() != Role.SHELL) {
        return Change.of(Kind.USE_TOOL, later.tool());
      }
      String program = failed.role() == Role.EDIT ? CallIntent.writer(later) : later.signature();
      return Change.of(Kind.USE_TOOL, later.tool() + ' ' + program);
    }
    if (failed.role() == Role.SHELL) {
      return ofShell(failed, between, later);
    }
    boolean read = readBetween(failed, between);
    String changed = mostTelling(failed, later);
    if (changed.isEmpty()) {
      return failed.tool().equals(later.tool())
          ? unchanged(failed, between, read)
          : Change.of(Kind.USE_TOOL, later.tool());
    }
    if (ToolCall.isPath(changed)) {
      return ofPath(failed, between, later);
    }
    if (!failed.tool().equals(later.tool())) {
      return Change.of(Kind.USE_TOOL, later.tool());
    }
    return ofArgument(changed, failed, later, read);
  }

  private static Change unchanged(ToolCall failed, List<ToolCall> between, boolean read) {
    if (read && failed.role() == Role.EDIT) {
      return Change.of(Kind.READ_FIRST);
    }
    String ran = failed.role() == Role.OTHER ? "" : ranBetween(between);
    return ran.isEmpty() ? Change.of(Kind.RETRY) : Change.of(Kind.RUN_FIRST, ran);
  }

  private static boolean readBetween(ToolCall failed, List<ToolCall> between) {
    for (ToolCall call : between) {
      boolean sameFile = call.path().equals(failed.path()) && !failed.path().isEmpty();
      boolean shown = call.role() == Role.SHELL && call.shell().mentions(failed.fileName());
      if ((call.role() == Role.READ && sameFile)
          || shown
          || (call.role() == Role.SEARCH && sameFile)) {
        return true;
      }
    }
    return false;
  }

  /** The last command between them that changes something; empty when none does. */
  private static String ranBetween(List<ToolCall> between) {
    for (ToolCall call : between.reversed()) {
      if (call.role() == Role.SHELL && !call.shell().looks()) {
        return call.signature();
      }
    }
    return "";
  }

  private static boolean anyIn(List<ToolCall> calls, Role role) {
    for (ToolCall call : calls) {
      if (call.role() == role) {
        return true;
      }
    }
    return false;
  }

  private static Change ofPath(ToolCall failed, List<ToolCall> between, ToolCall later) {
    if (later.path().startsWith(failed.path() + '/') && !failed.path().isEmpty()) {
      return Change.of(Kind.FILE_INSIDE);
    }
    boolean absolute = later.path().startsWith("/") && !failed.path().startsWith("/");
    if (absolute && later.path().endsWith(failed.path())) {
      return Change.of(Kind.ABSOLUTE_PATH);
    }
    boolean looked = anyIn(between, Role.SEARCH);
    for (ToolCall call : between) {
      looked |= call.role() == Role.SHELL && call.shell().looks();
    }
    if (looked) {
      return Change.of(Kind.FIND_PATH);
    }
    boolean sameName = failed.fileName().equals(later.fileName());
    return Change.of(sameName ? Kind.OTHER_FOLDER : Kind.OTHER_NAME);
  }

  private static Change ofArgument(String changed, ToolCall failed, ToolCall later, boolean read) {
    String before = failed.arguments().get(changed);
    String after = later.arguments().get(changed);
    if (after == null || before == null) {
      return after == null
          ? Change.of(Kind.DROP_ARGUMENT, changed)
          : Change.of(Kind.SET_ARGUMENT, isFlag(after) ? changed + '=' + after : changed);
    }
    if (isFlag(before) && isFlag(after)) {
      return Change.of(Kind.SET_ARGUMENT, changed + '=' + after);
    }
    if (failed.role() == Role.EDIT) {
      if (read) {
        return Change.of(Kind.READ_AGAIN);
      }
      boolean longer = after.contains(before);
      boolean shorter = before.contains(after);
      Kind kind = longer ? Kind.LONGER_TEXT : shorter ? Kind.SHORTER_TEXT : Kind.EXACT_TEXT;
      return Change.of(kind, changed);
    }
    return Change.of(Kind.CHANGE_ARGUMENT, changed);
  }

  private static boolean isFlag(String value) {
    return value.equals("true") || value.equals("false");
  }

  /** The argument whose change says most: a path, a switch, what is sought, then any. */
  private static String mostTelling(ToolCall failed, ToolCall later) {
    Set<String> names = new HashSet<>(failed.arguments().keySet());
    names.addAll(later.arguments().keySet());
    String best = "";
    int rank = Integer.MAX_VALUE;
    for (String name : names) {
      String before = failed.arguments().get(name);
      String after = later.arguments().get(name);
      if (before == null ? after == null : before.equals(after)) {
        continue;
      }
      int its = rank(name, before == null || isFlag(before), after == null || isFlag(after));
      boolean defaulted =
          (before == null && "false".equals(after)) || ("false".equals(before) && after == null);
      if (!defaulted && (its < rank || (its == rank && name.compareTo(best) < 0))) {
        best = name;
        rank = its;
      }
    }
    return best;
  }

  private static int rank(String name, boolean flagBefore, boolean flagAfter) {
    if (ToolCall.isPath(name)) {
      return 0;
    } else if (flagBefore && flagAfter) {
      return 1;
    } else if (name.startsWith("old_") || name.equals("edits") || name.equals("patch")) {
      return 2;
    } else if (flagBefore || flagAfter) {
      return 3;
    }
    return 4;
  }

  private static Change ofShell(ToolCall failed, List<ToolCall> between, ToolCall later) {
    if (anyIn(between, Role.EDIT) && !failed.shell().looks()) {
      return Change.of(Kind.EDIT_AND_RERUN);
    }
    ShellCommand before = failed.shell();
    ShellCommand after = later.shell();
    List<ShellCommand.Part> work = before.work();
    if (work.isEmpty() || after.work().isEmpty()) {
      return Change.of(Kind.RETRY);
    }
    ShellCommand.Part wanted = work.getLast();
    ShellCommand.Part found = after.work().getLast();
    for (ShellCommand.Part part : after.work()) {
      found = CallIntent.isSame(wanted, part) ? part : found;
    }
    if (!wanted.program().equals(found.program())) {
      return Change.of(Kind.USE_PROGRAM, found.program());
    }
    if (!before.parts().equals(after.parts())) {
      Change around = ofParts(before, after, found);
      if (around != null) {
        return around;
      }
    }
    Change inside = ofWords(wanted, found);
    if (inside != null) {
      return inside;
    }
    String ran = ranBetween(between);
    if (!ran.isEmpty()) {
      return Change.of(Kind.RUN_FIRST, ran);
    }
    String argument = mostTelling(failed, later);
    boolean other = !argument.isEmpty() && !argument.equals("command") && !argument.equals("cmd");
    return other ? Change.of(Kind.SET_ARGUMENT, argument) : Change.of(Kind.RETRY);
  }

  /** What stands before the command now: a folder, a variable, a pipe, another command. */
  private static @Nullable Change ofParts(
      ShellCommand before, ShellCommand after, ShellCommand.Part found) {
    for (ShellCommand.Part part : after.parts()) {
      if (part.isFolder() && !before.parts().contains(part)) {
        return Change.of(Kind.FOLDER_FIRST);
      }
    }
    int at = after.parts().indexOf(found);
    for (int i = 0; i < at; i++) {
      ShellCommand.Part part = after.parts().get(i);
      if (found.piped() && i == at - 1 && !has(before, part)) {
        return Change.of(Kind.PIPE_INPUT);
      } else if (!part.looks() && !part.isFolder() && !has(before, part)) {
        return Change.of(Kind.RUN_FIRST, part.signature());
      }
    }
    for (String variable : found.environment()) {
      boolean known = false;
      for (ShellCommand.Part part : before.parts()) {
        known |= part.environment().contains(variable);
      }
      if (!known) {
        return Change.of(Kind.SET_VARIABLE, variable);
      }
    }
    return null;
  }

  private static boolean has(ShellCommand command, ShellCommand.Part wanted) {
    for (ShellCommand.Part part : command.parts()) {
      if (part.signature().equals(wanted.signature())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Change ofWords(ShellCommand.Part wanted, ShellCommand.Part found) {
    if (wanted.words().equals(found.words())) {
      return null;
    }
    Set<String> added = new TreeSet<>(found.flags());
    added.removeAll(wanted.flags());
    Set<String> dropped = new TreeSet<>(wanted.flags());
    dropped.removeAll(found.flags());
    if (added.size() == 1 && dropped.isEmpty()) {
      return Change.of(Kind.ADD_FLAG, added.iterator().next());
    } else if (dropped.size() == 1 && added.isEmpty()) {
      return Change.of(Kind.DROP_FLAG, dropped.iterator().next());
    }
    return Change.of(Kind.OTHER_ARGUMENTS, found.signature());
  }
}
