package dev.flightlog.patterns.remedies;

import java.util.Set;

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

  private CheckCommands() {}

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
