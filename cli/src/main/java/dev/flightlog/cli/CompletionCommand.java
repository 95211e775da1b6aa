package dev.flightlog.cli;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.questions.NamedOptions;
import dev.flightlog.wording.SafeText;
import java.util.ArrayList;
import java.util.List;

/** {@code completion}: what a shell needs to complete commands and their options. */
final class CompletionCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "completion",
            "Print what a shell needs to complete commands and options: evaluate it, or keep it where the shell looks.")
        .takes("bash|zsh|fish", 1, 1)
        .example(
            "eval \"$(flightlog completion bash)\"",
            "flightlog completion fish > ~/.config/fish/completions/flightlog.fish");
  }

  @Override
  public int run(Invocation call) {
    String shell = call.arguments().getFirst();
    String script =
        switch (shell) {
          case "bash" -> bash();
          case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
          case "fish" -> fish();
          default ->
              throw CommandException.usage(
                  "there is no completion for '"
                      + SafeText.shortened(shell, 40)
                      + "'; there is for bash, zsh and fish");
        };
    call.console().out().print(script);
    call.console().out().flush();
    return CommandException.OK;
  }

  private static String bash() {
    StringBuilder out =
        new StringBuilder("_flightlog() {\n")
            .append("  local word=${COMP_WORDS[COMP_CWORD]} command= second= each\n")
            .append("  for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n")
            .append("    case $each in -*) ;; *) if [ -z \"$command\" ]; then command=$each\n")
            .append("      elif [ -z \"$second\" ]; then second=$each; fi ;; esac\n  done\n")
            .append("  local words=\n  case $command in\n")
            .append("  '') words='")
            .append(String.join(" ", Commands.ALL.keySet()))
            .append("' ;;\n");
    Commands.ALL.forEach((name, command) -> {
      Syntax syntax = command.get().syntax();
      List<String> words = new ArrayList<>(choices(syntax));
      words.addAll(options(syntax.allOptions()));
      if (name.equals("ask")) {
        out.append("  ask) case $second in\n");
        for (Question question : Questions.all()) {
          List<String> own = new ArrayList<>(choices(question));
          own.addAll(options(NamedOptions.of(question.named())));
          own.addAll(options(Syntax.everywhere()));
          out.append("    ").append(question.name()).append(") words='");
          out.append(String.join(" ", own)).append("' ;;\n");
          words.add(question.name());
        }
        out.append("    *) words='").append(String.join(" ", words)).append("' ;;\n  esac ;;\n");
      } else {
        out.append("  ").append(name).append(") words='").append(String.join(" ", words));
        out.append("' ;;\n");
      }
    });
    out.append(
        "  esac\n  case ${COMP_WORDS[COMP_CWORD-1]} in --format) words='text json csv' ;;\n");
    return out.append("  esac\n")
        .append("  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n")
        .append("complete -o default -F _flightlog flightlog\n")
        .toString();
  }

  private static String fish() {
    StringBuilder out = new StringBuilder("complete -c flightlog -n __fish_use_subcommand -f\n");
    Commands.ALL.forEach((name, command) -> {
      Syntax syntax = command.get().syntax();
      out.append("complete -c flightlog -n __fish_use_subcommand -a ").append(name);
      out.append(" -d ").append(quoted(syntax.summary())).append('\n');
      String within = "complete -c flightlog -n '__fish_seen_subcommand_from " + name + "'";
      for (String choice : choices(syntax)) {
        out.append(within).append(" -a ").append(choice).append('\n');
      }
      if (name.equals("ask")) {
        for (Question question : Questions.all()) {
          out.append(within).append(" -a ").append(question.name());
          out.append(" -d ").append(quoted(question.title())).append('\n');
          for (String choice : choices(question)) {
            out.append("complete -c flightlog -n '__fish_seen_subcommand_from ask; and ")
                .append("__fish_seen_subcommand_from ")
                .append(question.name())
                .append("' -a ")
                .append(choice)
                .append('\n');
          }
        }
      }
      for (Option option : syntax.allOptions()) {
        out.append(within).append(" -l ").append(option.name().substring(2));
        out.append(option.kind() == Option.Kind.FLAG ? "" : " -r");
        out.append(" -d ").append(quoted(option.meaning())).append('\n');
      }
    });
    return out.toString();
  }

  private static List<String> options(List<Option> options) {
    return options.stream().map(Option::name).toList();
  }

  /** The words that the arguments of a question may be. */
  private static List<String> choices(Question question) {
    return question.arguments().stream().flatMap(each -> each.choices().stream()).toList();
  }

  /** The words that the first argument may be, where its label lists them: {@code a|b|c FILE}. */
  private static List<String> choices(Syntax syntax) {
    List<String> choices = new ArrayList<>();
    String label = syntax.argument().replaceAll("[\\[\\]]", "");
    for (String each : label.split("\\|", -1)) {
      String word = each.strip().split(" ", 2)[0];
      if (word.matches("[a-z-]+")) {
        choices.add(word);
      }
    }
    return choices;
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
