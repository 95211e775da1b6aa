package dev.flightlog.learning.rules;

import dev.flightlog.patterns.remedies.CheckCommands;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a log may enter the text of a rule: values of a closed form, each in a code span. Free
 * text never passes, because whoever can write into a log would otherwise instruct the agents that
 * read the rule. Immutable.
 */
final class Slots {
  private static final Pattern TOOL =
      Pattern.compile("[A-Za-z][A-Za-z0-9]*(_{1,2}[A-Za-z0-9-]+){0,5}");
  private static final Pattern PROGRAM =
      Pattern.compile("[A-Za-z][A-Za-z0-9.+-]{0,19}( [a-z][a-z0-9-]{0,15})?");
  private static final Pattern CHECK = CheckCommands.known(Exclusions.TESTS_AND_BUILDS);
  private static final Pattern ARGUMENT = Pattern.compile("[a-z][A-Za-z0-9]*(_[a-z0-9]+){0,3}");
  private static final Pattern FLAG =
      Pattern.compile("-[A-Za-z0-9]|--[a-z][a-z0-9]*(-[a-z0-9]+){0,3}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+){0,3}");
  private static final Pattern ERROR_TYPE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+){0,4}");
  private static final int LONGEST = 40;

  /** Programs that a rule may tell an agent to run. */
  private static final Set<String> TO_RUN =
      Set.of(
          "apt",
          "awk",
          "brew",
          "bun",
          "cargo",
          "cat",
          "cd",
          "cmake",
          "composer",
          "cp",
          "curl",
          "deno",
          "docker",
          "dotnet",
          "fd",
          "find",
          "gh",
          "git",
          "go",
          "gradle",
          "grep",
          "jq",
          "kubectl",
          "ls",
          "make",
          "mkdir",
          "mvn",
          "node",
          "npm",
          "npx",
          "pip",
          "pip3",
          "pnpm",
          "poetry",
          "python",
          "python3",
          "rg",
          "ruby",
          "sed",
          "task",
          "terraform",
          "uv",
          "yarn");

  /** Parts of flags and variables by which checks are turned off or programs are taken over. */
  private static final Pattern RISKY =
      Pattern.compile(
          "(?i)-[fyk]|.*(force|verify|skip|insecure|danger|yes|sudo|privileged|unsafe|eval|exec|allow|trust"
              + "|preload|path|token|key|secret|password|proxy|options|opts|shell|hook).*");

  private final Set<String> tools;

  /**
   * @param tools the registry: names of tools whose calls succeeded
   */
  Slots(Set<String> tools) {
    this.tools = Set.copyOf(tools);
  }

  Optional<String> tool(String value) {
    return tools.contains(value) ? code(TOOL, value) : Optional.empty();
  }

  Optional<String> program(String value) {
    return code(PROGRAM, value);
  }

  /** A program, perhaps with its subcommand, that agents may be told to run. */
  Optional<String> programToRun(String value) {
    int end = value.indexOf(' ');
    return TO_RUN.contains(end < 0 ? value : value.substring(0, end))
        ? program(value)
        : Optional.empty();
  }

  /** A test, a build or a linter, of which every word is known. */
  Optional<String> check(String value) {
    return code(CHECK, value);
  }

  Optional<String> argument(String value) {
    return code(ARGUMENT, value);
  }

  Optional<String> flag(String value) {
    return RISKY.matcher(value).matches() ? Optional.empty() : code(FLAG, value);
  }

  Optional<String> variable(String value) {
    return RISKY.matcher(value).matches() ? Optional.empty() : code(VARIABLE, value);
  }

  Optional<String> errorType(String value) {
    return code(ERROR_TYPE, value);
  }

  private static Optional<String> code(Pattern form, String value) {
    return value.length() <= LONGEST && form.matcher(value).matches()
        ? Optional.of("`" + value + "`")
        : Optional.empty();
  }
}
