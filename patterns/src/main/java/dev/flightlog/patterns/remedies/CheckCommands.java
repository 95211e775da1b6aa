package dev.flightlog.patterns.remedies;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Commands whose work is to look for faults: tests, builds, linters, type checkers, formatters.
 * That one of them fails is its result, and mostly made good by editing what it looked at.
 * Stateless.
 */
public final class CheckCommands {
  private static final Set<String> WORDS =
      Set.of(
          "test",
          "tests",
          "lint",
          "build",
          "check",
          "compile",
          "typecheck",
          "type-check",
          "vet",
          "fmt",
          "format",
          "clippy",
          "verify",
          "ci",
          "validate");
  private static final Set<String> PROGRAMS =
      Set.of(
          "tsc",
          "pytest",
          "jest",
          "vitest",
          "mocha",
          "eslint",
          "prettier",
          "mypy",
          "pyright",
          "ruff",
          "flake8",
          "pylint",
          "black",
          "golangci-lint",
          "gofmt",
          "javac",
          "gcc",
          "g++",
          "clang",
          "rustc",
          "shellcheck",
          "phpunit",
          "rspec",
          "rubocop",
          "ctest",
          "ninja",
          "make");

  /** What stands behind a colon in names of scripts. */
  private static final Set<String> PARTS =
      Set.of("all", "unit", "integration", "e2e", "ci", "fast", "watch", "types", "js", "css");

  private CheckCommands() {}

  /**
   * The form of a check of which every word is known: a program, perhaps {@code run} or {@code -m},
   * and what is checked.
   *
   * @param runners programs that may run a check
   */
  public static Pattern known(Set<String> runners) {
    String words = either(WORDS);
    String parts = words + "|" + either(PARTS);
    String what = "(?:" + words + "|" + either(PROGRAMS) + ")(?::(?:" + parts + "))?";
    return Pattern.compile(
        "(?:"
            + either(PROGRAMS)
            + ")|(?:"
            + either(runners)
            + "|"
            + either(PROGRAMS)
            + "|python3?)(?: run| -m)? "
            + what);
  }

  private static String either(Set<String> words) {
    return words.stream().sorted().map(Pattern::quote).collect(Collectors.joining("|"));
  }

  /** True for a program with subcommand, such as {@code mise run test:ci}, that checks. */
  public static boolean is(String program) {
    String[] words = program.split(" ", -1);
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      int colon = word.indexOf(':');
      String stem = colon < 0 ? word : word.substring(0, colon);
      String branch = colon < 0 ? "" : word.substring(colon + 1);
      if (PROGRAMS.contains(stem) || (i > 0 && (WORDS.contains(stem) || WORDS.contains(branch)))) {
        return true;
      }
    }
    return false;
  }
}
