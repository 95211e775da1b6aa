package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.SafeText;
import java.util.List;
import java.util.Locale;

/** An argument that is one of a few words; without it the first is meant. */
public record Choice(String question, List<String> words) {
  public Choice {
    words = List.copyOf(words);
  }

  /** The argument, for the definition of the question. */
  public Argument argument(String name, String example) {
    String meaning =
        String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    return new Argument(name, false, meaning, example, words);
  }

  /**
   * The word that was given, or the first.
   *
   * @throws QuestionException with the nearest word when it is none of them
   */
  public String of(QuestionCall call) {
    if (call.arguments().isEmpty() || call.arguments().getFirst().isBlank()) {
      return words.getFirst();
    }
    String asked = call.arguments().getFirst();
    String word = asked.strip().toLowerCase(Locale.ROOT);
    if (words.contains(word)) {
      return word;
    }
    List<String> nearest = Nearest.to(word, words, 1);
    throw new QuestionException(
        "'"
            + question
            + "' is not told by '"
            + SafeText.shortened(asked, 40)
            + "'; "
            + (nearest.isEmpty() ? "" : "did you mean '" + nearest.getFirst() + "'? ")
            + "There are: "
            + String.join(", ", words));
  }
}
