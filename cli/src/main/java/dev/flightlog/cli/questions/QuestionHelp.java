package dev.flightlog.cli.questions;

import dev.flightlog.analysis.Examples;
import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import java.util.ArrayList;
import java.util.List;

/** What {@code ask QUESTION --help} prints: made from the question's definition. Stateless. */
final class QuestionHelp {
  private QuestionHelp() {}

  static String of(Question question, int width) {
    String arguments = question.usage().substring(question.name().length()).strip();
    List<Option> options = new ArrayList<>();
    for (Argument argument : question.arguments()) {
      options.add(Option.flag(argument.name(), argument.meaning()));
    }
    options.addAll(NamedOptions.of(question.named()));
    Syntax syntax =
        Syntax.of("ask " + question.name(), question.title() + ". " + question.rule())
            .takes(arguments, 0, question.arguments().size())
            .with(options);
    return syntax.help(width)
        + Examples.of(question).indent(2)
        + "\nAt a terminal an answer takes the room there is; elsewhere it takes at most\n"
        + question.budget()
        + " tokens, unless --max-tokens or --limit say otherwise.\n";
  }
}
