package dev.flightlog.analysis;

import dev.flightlog.analysis.ask.Question;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * An answer to each question, as it was given about a small world of the tests: for help and guide.
 * Written by the test of the guide; reads a resource at each call.
 */
public final class Examples {
  private Examples() {}

  /** The command, behind a {@code $}, and what it printed. */
  public static String of(Question question) {
    String name = "examples/" + question.name() + ".txt";
    try (InputStream in = Examples.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + ": run GuideTest with docs.write");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
