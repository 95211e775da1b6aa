package dev.flightlog.patterns.remedies;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.patterns.facts.Fact;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A tool call taken apart: what role it plays is told by its arguments first and by the name of the
 * tool second, so that tools of other programs are understood as well. Immutable; texts are
 * bounded.
 */
public final class ToolCall {
  /** What a call is for. */
  public enum Role {
    READ,
    EDIT,
    SEARCH,
    SHELL,
    OTHER
  }

  private static final int LONGEST = 4_000;
  private static final int MOST_ARGUMENTS = 30;
  private static final List<String> PATHS =
      List.of(
          "file_path", "notebook_path", "absolute_path", "target_file", "filename", "path", "file");
  private static final List<String> COMMANDS = List.of("command", "cmd", "script");
  private static final List<String> PATTERNS = List.of("pattern", "query", "search_term", "regex");

  /** What is said about a call and does not change what it does. */
  private static final List<String> REMARKS =
      List.of("description", "thought", "explanation", "security_risk");

  private final String id;
  private final long begin;
  private final long end;
  private final @Nullable String agent;
  private final @Nullable String story;
  private final String tool;
  private final @Nullable Boolean success;
  private final boolean answered;
  private final String errorType;
  private final String message;
  private final Map<String, String> arguments;
  private final Role role;
  private final String path;
  private final ShellCommand shell;

  private ToolCall(Event event, String tool, Map<String, String> arguments) {
    this.id = event.id();
    this.begin = event.micros();
    Long duration = event.integer(Field.DURATION_MS);
    this.end = begin + (duration == null ? 0 : Math.max(0, duration) * 1000);
    this.agent = event.text(Field.AGENT_NAME);
    this.story = event.text(Field.STORY_ID);
    this.tool = tool;
    this.success = event.flag(Field.SUCCESS);
    String output = event.detail("output");
    this.answered = output != null && !output.isBlank();
    this.errorType = bounded(orEmpty(event.detail("error_type")));
    this.message = bounded(orEmpty(event.detail("message")));
    this.arguments = arguments;
    this.path = first(arguments, PATHS);
    String command = first(arguments, COMMANDS);
    this.role = role(tool.toLowerCase(Locale.ROOT), arguments, command, path);
    this.shell = ShellCommand.of(role == Role.SHELL ? command : "");
  }

  /** The call of this event; null when it is no tool call or names no tool. */
  public static @Nullable ToolCall of(Event event) {
    String tool = event.detail("tool");
    if (!event.eventType().equals(EventTypes.TOOL_CALL) || tool == null) {
      return null;
    }
    Map<String, String> arguments = new TreeMap<>();
    Object input = event.details().get("input");
    if (input instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> each : map.entrySet()) {
        String name = bounded(String.valueOf(each.getKey()));
        if (arguments.size() < MOST_ARGUMENTS && !REMARKS.contains(name)) {
          arguments.put(name, text(each.getValue()));
        }
      }
    } else if (input != null) {
      arguments.put(input instanceof String ? "command" : "input", text(input));
    }
    return new ToolCall(event, bounded(tool), arguments);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof List<?> list && list.stream().allMatch(each -> each instanceof String)) {
      // A command given as its words: sh -c "the command".
      String last = list.isEmpty() ? "" : String.valueOf(list.getLast());
      boolean shell = list.size() == 3 && String.valueOf(list.get(1)).matches("-l?c");
      return bounded(shell ? last : String.join(" ", list.stream().map(String::valueOf).toList()));
    }
    return bounded(value instanceof String text ? text : new JsonWriter().value(value).toString());
  }

  private static Role role(
      String tool, Map<String, String> arguments, String command, String path) {
    boolean edits =
        arguments.containsKey("old_string")
            || arguments.containsKey("new_string")
            || arguments.containsKey("old_str")
            || arguments.containsKey("edits")
            || arguments.containsKey("file_text")
            || (!path.isEmpty() && arguments.containsKey("content"))
            || arguments.containsKey("patch")
            || arguments.containsKey("new_source");
    if (edits || tool.contains("write") || tool.contains("apply_patch")) {
      return Role.EDIT;
    } else if (tool.contains("edit") || tool.contains("replace")) {
      return command.equals("view") ? Role.READ : Role.EDIT;
    } else if (!command.isEmpty()) {
      return Role.SHELL;
    } else if (!first(arguments, PATTERNS).isEmpty()
        || tool.contains("grep")
        || tool.contains("glob")
        || tool.contains("search")
        || tool.equals("ls")
        || tool.contains("list_dir")) {
      return Role.SEARCH;
    }
    boolean reads = tool.contains("read") || tool.contains("view") || tool.contains("open");
    return reads && !path.isEmpty() ? Role.READ : Role.OTHER;
  }

  private static String first(Map<String, String> arguments, List<String> names) {
    for (String name : names) {
      String value = arguments.get(name);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return "";
  }

  private static String bounded(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The event's id. */
  public String id() {
    return id;
  }

  /** When it was made, in microseconds since 1970. */
  public long begin() {
    return begin;
  }

  /** When its result came; as {@link #begin} when that is not known. */
  public long end() {
    return end;
  }

  public @Nullable String agent() {
    return agent;
  }

  public @Nullable String story() {
    return story;
  }

  public String tool() {
    return tool;
  }

  public Role role() {
    return role;
  }

  /**
   * True when it worked; where the record tells only of what failed, when it was answered and not
   * said to have failed.
   */
  public boolean succeeded() {
    return Boolean.TRUE.equals(success) || (success == null && answered);
  }

  /** True when it failed by itself; what a person refused did not. */
  public boolean failed() {
    return Boolean.FALSE.equals(success) && !errorType.equals(EventTypes.REJECTED);
  }

  /** As recorded; empty when there is none. */
  public String errorType() {
    return errorType;
  }

  /** As recorded; empty when there is none. */
  public String message() {
    return message;
  }

  /** What was called, in one line: the command of a shell, else the tool with its arguments. */
  public String line() {
    StringBuilder out = new StringBuilder();
    if (role == Role.SHELL) {
      out.append(first(arguments, COMMANDS));
    } else {
      out.append(tool);
      for (Map.Entry<String, String> each : arguments.entrySet()) {
        out.append(' ').append(each.getKey()).append('=').append(Fact.head(each.getValue(), 60));
        if (out.length() > Fact.LONGEST) {
          break;
        }
      }
    }
    return Fact.head(out.toString().strip().replaceAll("\\s+", " "), Fact.LONGEST);
  }

  /** For a shell, program and subcommand; else empty. */
  public String signature() {
    return shell.signature();
  }

  /** All arguments as text, by name; remarks left out. */
  public Map<String, String> arguments() {
    return arguments;
  }

  ShellCommand shell() {
    return shell;
  }

  /** The file or folder it is about; empty when it names none. */
  String path() {
    return path;
  }

  /** The last name of the path. */
  String fileName() {
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }

  String folder() {
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    return path.substring(0, Math.max(0, path.lastIndexOf('/', end - 1)));
  }

  /** What it looks for; empty when it names nothing. */
  String pattern() {
    return first(arguments, PATTERNS);
  }

  /** True for the name of an argument that holds a path. */
  static boolean isPath(String argument) {
    return PATHS.contains(argument);
  }
}
