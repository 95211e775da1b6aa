package dev.flightlog.patterns.remedies;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.patterns.remedies.ToolCall.Role;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds checks (tests, builds, linters) that an agent runs again although nothing has changed since
 * it ran the same. What is taken for a change: an edit, a command of the shell that does not only
 * look, a subagent, a word of the person. How the output is filtered makes no other check. Of one
 * session; for one thread.
 */
public final class UnchangedRuns {
  private static final int REMEMBERED = 20;
  private static final int LONGEST = 500;
  private static final List<String> COMMANDS = List.of("command", "cmd", "script");

  /** Parts of names of tools that only look, or that change nothing but a list of things to do. */
  private static final List<String> LOOKING =
      List.of("read", "grep", "glob", "search", "view", "list", "fetch", "todo", "output", "plan");

  /** Words by which a check changes what it looks at. */
  private static final Set<String> CHANGING =
      Set.of("fmt", "format", "fix", "--fix", "--write", "-w");

  private final Deque<String> since = new ArrayDeque<>();

  /**
   * A check that was run.
   *
   * @param unchanged whether nothing had changed since the same agent ran the same
   */
  public record Run(ToolCall call, boolean unchanged) {}

  /** The next event of the session, by time; empty when it is no check. */
  public Optional<Run> see(Event event) {
    if (event.eventType().equals(EventTypes.USER_PROMPT)) {
      since.clear();
      return Optional.empty();
    }
    String tool = event.detail("tool");
    if (tool == null || !event.eventType().equals(EventTypes.TOOL_CALL)) {
      return Optional.empty();
    }
    if (!isShell(event)) {
      if (!looks(tool)) {
        since.clear();
      }
      return Optional.empty();
    }
    ToolCall call = ToolCall.of(event);
    return call == null ? Optional.empty() : shell(call);
  }

  private static boolean isShell(Event event) {
    @Nullable Object input = event.details().get("input");
    return input instanceof String
        || (input instanceof Map<?, ?> map && COMMANDS.stream().anyMatch(map::containsKey));
  }

  private static boolean looks(String tool) {
    String name = tool.toLowerCase(Locale.ROOT);
    return name.equals("ls") || LOOKING.stream().anyMatch(name::contains);
  }

  private Optional<Run> shell(ToolCall call) {
    ShellCommand shell = call.shell();
    if (call.role() != Role.SHELL || (shell.redirects() && shell.looks())) {
      since.clear();
      return Optional.empty();
    }
    if (shell.looks()) {
      return Optional.empty();
    }
    if (!CheckCommands.is(call.signature()) || !isAlone(shell)) {
      since.clear();
      return Optional.empty();
    }
    String key = key(call, shell);
    boolean unchanged = since.contains(key);
    if (shell.work().stream().anyMatch(UnchangedRuns::changes)) {
      since.clear();
    } else if (!unchanged) {
      since.addLast(key);
      if (since.size() > REMEMBERED) {
        since.removeFirst();
      }
    }
    return Optional.of(new Run(call, unchanged));
  }

  /** Whether all that it does are checks. */
  private static boolean isAlone(ShellCommand shell) {
    return shell.work().stream().allMatch(part -> CheckCommands.is(part.signature()));
  }

  private static boolean changes(ShellCommand.Part part) {
    return part.words().stream()
        .anyMatch(
            word -> CHANGING.contains(word) || word.endsWith(":fix") || word.endsWith(":fmt"));
  }

  /** Who runs what, and where. */
  private static String key(ToolCall call, ShellCommand shell) {
    StringBuilder key = new StringBuilder().append(call.agent()).append('\n').append(call.tool());
    for (ShellCommand.Part part : shell.parts()) {
      if (part.isFolder() || !part.looks()) {
        key.append('\n').append(part.environment()).append(part.words());
      }
    }
    return key.substring(0, Math.min(LONGEST, key.length()));
  }
}
