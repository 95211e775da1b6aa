package dev.flightlog.examples.experiment;

import dev.flightlog.runs.ModelUsage;

/** Answers at once and always the same to the same prompt; stands where a real model would. */
public final class FakeModel {
  /** Its name, which no table of prices knows. */
  public static final String NAME = "fake-model-1";

  private static final double USD_A_TOKEN = 0.000_002;

  /**
   * What it said.
   *
   * @param usage what a provider would bill
   */
  public record Reply(String text, ModelUsage usage) {}

  /** Completes a prompt. Never blocks, and never fails. */
  public Reply complete(String prompt) {
    String text = "// " + prompt.strip().replace('\n', ' ') + "\nreturn \"done\";\n";
    long given = tokens(prompt);
    long said = tokens(text);
    return new Reply(text, ModelUsage.of(NAME, given, said).costUsd((given + said) * USD_A_TOKEN));
  }

  private static long tokens(String text) {
    return (text.length() + 3) / 4;
  }
}
