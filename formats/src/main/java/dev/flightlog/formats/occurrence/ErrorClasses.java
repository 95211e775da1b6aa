package dev.flightlog.formats.occurrence;

import dev.flightlog.event.EventTypes;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the error of a failed tool call by its structure: a small, stable vocabulary (told in
 * {@code docs/format/transcripts.md}), or the class of an exception where one was printed. Only the
 * result is looked at, so that the same result always has the same class. Stateless.
 */
public final class ErrorClasses {
  /** How much of an error's text is looked at. */
  public static final int LOOKED_AT = 16 * 1024;

  private static final int MESSAGE_LENGTH = 300;
  private static final int LINES = 200;

  private record Phrase(String start, String type) {}

  private static final List<Phrase> PHRASES =
      List.of(
          new Phrase("the user doesn't want to proceed", EventTypes.REJECTED),
          new Phrase("the user doesn't want to take this action", EventTypes.REJECTED),
          new Phrase("user rejected tool use", EventTypes.REJECTED),
          new Phrase("exec command rejected by user", EventTypes.REJECTED),
          new Phrase("rejected by user", EventTypes.REJECTED),
          new Phrase("patch rejected by user", EventTypes.REJECTED),
          new Phrase("[request interrupted", "interrupted"),
          new Phrase("request was aborted", "interrupted"),
          new Phrase("file has not been read yet", "file_not_read"),
          new Phrase("file has been modified since read", "file_modified"),
          new Phrase("file has been unexpectedly modified", "file_modified"),
          new Phrase("string to replace not found", "string_not_found"),
          new Phrase("no changes to make", "no_change"),
          new Phrase("file does not exist", "file_not_found"),
          new Phrase("path does not exist", "file_not_found"),
          new Phrase("directory does not exist", "file_not_found"),
          new Phrase("no such file or directory", "file_not_found"),
          new Phrase("sibling tool call errored", "sibling_failed"),
          new Phrase("unknown skill", "unknown_skill"),
          new Phrase("no such tool available", "unknown_tool"),
          new Phrase("error: no such tool available", "unknown_tool"),
          new Phrase("inputvalidationerror", "invalid_input"),
          new Phrase("claude requested permissions", "permission_denied"),
          new Phrase("permission to use", "permission_denied"),
          new Phrase("permission denied", "permission_denied"),
          new Phrase("this command requires approval", "permission_denied"),
          new Phrase("command timed out", "timeout"),
          new Phrase("operation timed out", "timeout"),
          new Phrase("request failed with status code", "network"),
          new Phrase("fetch failed", "network"),
          new Phrase("getaddrinfo", "network"),
          new Phrase("mcp error", "mcp_error"),
          new Phrase("agent type '", "unknown_agent"));

  private static final Pattern EXIT =
      Pattern.compile("(?:Exit code|Exit code:|Process exited with code) (-?\\d{1,10})\\b");
  private static final Pattern ERRNO = Pattern.compile("^(?:Error: )?(E[A-Z]{3,14}): ");
  private static final Pattern MANY_MATCHES = Pattern.compile("^Found \\d+ matches of the string");
  private static final Pattern TOO_LARGE =
      Pattern.compile("^File content \\(.{1,60}\\) exceeds maximum");
  private static final Pattern HOOK =
      Pattern.compile(
          "(?i)^(?:\\w+(?::\\w+)? )?(?:hook error|operation (?:stopped|blocked) by hook"
              + "|command blocked by \\w+ hook)");
  private static final Pattern EXCEPTION =
      Pattern.compile(
          "^(?:Caused by: |Exception in thread \"[^\"]{0,80}\" |Uncaught )?"
              + "(?:[A-Za-z_][\\w$]{0,60}\\.){0,12}"
              + "([A-Z][\\w$]{0,60}(?:Error|Exception|Interrupt))(?::|$)");
  private static final Pattern TELLING =
      Pattern.compile(
          "(?i)\\b(error|errors|fatal|failed|failure|fail|exception|panic|cannot|can't|denied"
              + "|not found|no such|undefined|unknown|conflict|invalid|unable)\\b");

  private ErrorClasses() {}

  /** Names an error by the head of its text. */
  public static ErrorClass name(String text) {
    String plain = unwrapped(text.strip());
    Matcher exit = EXIT.matcher(plain);
    boolean exited = exit.lookingAt();
    String body = exited ? plain.substring(exit.end()).strip() : plain;
    String type = exited ? null : phrase(body);
    String message = null;
    if (type == null) {
      String[] lines = body.split("[\\r\\n]+", LINES);
      for (String line : lines) {
        Matcher exception = EXCEPTION.matcher(line.strip());
        if (exception.find()) {
          type = exception.group(1);
          message = line;
        }
      }
      if (message == null) {
        message = telling(lines);
      }
    }
    if (type == null) {
      type = exited ? exitType(exit.group(1)) : "tool_error";
    }
    if (message == null) {
      message = firstLine(body);
    }
    return new ErrorClass(type, bounded(message.isBlank() ? firstLine(plain) : message));
  }

  /**
   * How a call ended that failed in this way: refused, when a person did.
   *
   * @param words what the person said instead, if anything
   */
  public static Outcome outcome(ErrorClass error, @Nullable String words) {
    return error.type().equals(EventTypes.REJECTED)
        ? new Outcome.Refused(error, words)
        : new Outcome.Failed(error);
  }

  /** The exit code that a shell's output tells, or null when it tells none or success. */
  public static @Nullable String failedExit(String output) {
    Matcher exit = EXIT.matcher(output);
    return exit.find() && !exit.group(1).equals("0") ? exit.group(1) : null;
  }

  public static String exitType(String code) {
    return switch (code) {
      case "124" -> "timeout";
      case "127" -> "command_not_found";
      default -> "exit_code_" + code;
    };
  }

  private static String unwrapped(String text) {
    String inner = text;
    if (inner.startsWith("<tool_use_error>")) {
      inner = inner.substring("<tool_use_error>".length());
      int end = inner.indexOf("</tool_use_error>");
      inner = end < 0 ? inner : inner.substring(0, end);
    }
    return inner.strip();
  }

  private static @Nullable String phrase(String body) {
    String start = body.substring(0, Math.min(body.length(), 100)).toLowerCase(Locale.ROOT);
    for (Phrase phrase : PHRASES) {
      if (start.startsWith(phrase.start)) {
        return phrase.type;
      }
    }
    Matcher errno = ERRNO.matcher(body);
    if (errno.find()) {
      return errno(errno.group(1));
    }
    return MANY_MATCHES.matcher(body).find()
        ? "string_not_unique"
        : TOO_LARGE.matcher(body).find()
            ? "file_too_large"
            : HOOK.matcher(body).find() ? "hook_blocked" : null;
  }

  private static String errno(String name) {
    return switch (name) {
      case "ENOENT", "ENOTDIR" -> "file_not_found";
      case "EACCES", "EPERM" -> "permission_denied";
      case "EISDIR" -> "is_a_directory";
      case "ETIMEDOUT" -> "timeout";
      case "ECONNREFUSED", "ECONNRESET", "ENOTFOUND", "EHOSTUNREACH", "EAI_AGAIN" -> "network";
      default -> name.toLowerCase(Locale.ROOT);
    };
  }

  private static String telling(String[] lines) {
    for (String line : lines) {
      if (TELLING.matcher(line.length() > 1000 ? line.substring(0, 1000) : line).find()) {
        return line;
      }
    }
    return lines.length == 0 ? "" : lines[0];
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static String bounded(String text) {
    String line = text.strip();
    if (line.length() <= MESSAGE_LENGTH) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(MESSAGE_LENGTH - 1)) ? 299 : MESSAGE_LENGTH;
    return line.substring(0, end) + "\u2026";
  }
}
