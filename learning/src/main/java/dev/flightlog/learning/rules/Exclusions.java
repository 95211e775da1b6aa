package dev.flightlog.learning.rules;

import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.remedies.CheckCommands;
import java.util.Optional;
import java.util.Set;

/**
 * Errors that never become a rule: failing is how tests, linters and builds do their work (72 % of
 * the failed shell calls of 273 real sessions), people's refusals are no mistakes of a tool, and an
 * overloaded provider is none of the agent's. Stateless.
 */
final class Exclusions {
  static final Set<String> TESTS_AND_BUILDS =
      Set.of(
          "ant",
          "bazel",
          "black",
          "bun",
          "bundle",
          "cargo",
          "checkstyle",
          "clang-format",
          "cmake",
          "composer",
          "ctest",
          "deno",
          "dotnet",
          "eslint",
          "flake8",
          "go",
          "gofmt",
          "golangci-lint",
          "gradle",
          "gradlew",
          "./gradlew",
          "jest",
          "just",
          "lint",
          "make",
          "meson",
          "mise",
          "mocha",
          "mvn",
          "./mvnw",
          "mypy",
          "ninja",
          "npm",
          "npx",
          "nx",
          "phpunit",
          "playwright",
          "pnpm",
          "pre-commit",
          "prettier",
          "pylint",
          "pyright",
          "pytest",
          "rake",
          "rspec",
          "rubocop",
          "ruff",
          "sbt",
          "shellcheck",
          "swift",
          "tox",
          "tsc",
          "turbo",
          "uv",
          "vitest",
          "xcodebuild",
          "yarn",
          "zig");
  private static final Set<String> NOT_OF_THE_AGENT =
      Set.of(
          "rejected",
          "cancelled",
          "interrupted",
          "sibling_failed",
          "overloaded",
          "rate_limit",
          "rate_limited",
          "api_error",
          "hook_blocked");

  private Exclusions() {}

  /** Whether failing is the work of the program: a test, a linter, a build. */
  static boolean isCheck(ErrorFact error) {
    String program = error.program();
    int end = program.indexOf(' ');
    return TESTS_AND_BUILDS.contains(end < 0 ? program : program.substring(0, end))
        || CheckCommands.is(program);
  }

  /** Why this error never becomes a rule; empty when it may. */
  static Optional<String> reason(ErrorFact error) {
    if (error.tool().isEmpty()) {
      return Optional.of("it is no call of a tool");
    }
    if (NOT_OF_THE_AGENT.contains(error.errorType())) {
      return Optional.of("it is no mistake of the agent");
    }
    if (isCheck(error)) {
      return Optional.of("tests, linters and builds do their work by failing");
    }
    if (error.isVague() && error.program().isEmpty()) {
      return Optional.of("its type says only that something failed");
    }
    return Optional.empty();
  }
}
