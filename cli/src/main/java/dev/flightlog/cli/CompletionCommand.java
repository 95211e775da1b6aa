package dev.flightlog.cli;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
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
            .append("  local word=${COMP_WORDS[COMP_CWORD]} command= each\n")
            .append("  for each in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n")
            .append("    case $each in -*) ;; *) command=$each; break ;; esac\n  done\n")
            .append("  local words=\n  case $command in\n")
            .append("  '') words='")
            .append(String.join(" ", Commands.ALL.keySet()))
            .append("' ;;\n");
    Commands.ALL.forEach((name, command) -> {
      List<String> words = new ArrayList<>(choices(command.get().syntax()));
      command.get().syntax().allOptions().forEach(option -> words.add(option.name()));
      out.append("  ").append(name).append(") words='").append(String.join(" ", words));
      out.append("' ;;\n");
    });
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
      for (Option option : syntax.allOptions()) {
        out.append(within).append(" -l ").append(option.name().substring(2));
        out.append(option.kind() == Option.Kind.FLAG ? "" : " -r");
        out.append(" -d ").append(quoted(option.meaning())).append('\n');
      }
    });
    return out.toString();
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
