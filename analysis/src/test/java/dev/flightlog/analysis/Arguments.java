package dev.flightlog.analysis;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Question;
import java.util.Arrays;
import java.util.Random;

/** What the questions are asked with in a world of random names. */
final class Arguments {
  private Arguments() {}

  /** Names that are there; an optional argument sometimes. */
  static String[] of(Question question, HostileWorld world, Random random) {
    if (question.namesStories()) {
      return Arrays.copyOf(
          new String[] {world.stories.getFirst(), world.stories.getLast()},
          question.arguments().size());
    } else if (question.arguments().isEmpty()) {
      return new String[0];
    }
    Argument first = question.arguments().getFirst();
    if (!first.required()) {
      return random.nextBoolean() ? new String[0] : new String[] {first.example()};
    }
    return switch (question.name()) {
      case "session" -> new String[] {some(world.sessions.getFirst(), random)};
      case "workflow" -> new String[] {some(world.workflows.getFirst(), random)};
      // A text, which may be anything; a letter is in most.
      default -> new String[] {random.nextBoolean() ? "e" : world.stories.getFirst()};
    };
  }

  /** The name, or the beginning of it. */
  private static String some(String name, Random random) {
    int points = name.codePointCount(0, name.length());
    int end = random.nextInt(3) == 0 ? points : 1 + random.nextInt(points);
    String part = name.substring(0, name.offsetByCodePoints(0, end));
    return part.isBlank() ? "x" : part;
  }
}
