package dev.flightlog.cli;

import dev.flightlog.analysis.Questions;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Version;

/** {@code manpage}: the page for {@code man flightlog}, from the definitions of the commands. */
final class ManpageCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of("manpage", "Print the manual page, as man reads it.")
        .example("flightlog manpage > ~/.local/share/man/man1/flightlog.1");
  }

  @Override
  public int run(Invocation call) {
    call.console().out().print(page());
    call.console().out().flush();
    return CommandException.OK;
  }

  private static String page() {
    StringBuilder out = new StringBuilder(".TH FLIGHTLOG 1 \"\" \"flightlog ");
    out.append(escaped(Version.text())).append("\"\n.SH NAME\n");
    out.append("flightlog \\- the flight recorder for AI agents\n.SH SYNOPSIS\n");
    out.append(".B flightlog\n.I command\n[\\fIarguments\\fR] [\\fIoptions\\fR]\n");
    out.append(".SH DESCRIPTION\n")
        .append("Keeps what agents did, and answers questions about it.\n")
        .append(
            "Every command explains itself with \\fB\\-\\-help\\fR, and so does every question:\n")
        .append("\\fBflightlog ask cost \\-\\-help\\fR.\n.SH COMMANDS\n");
    Commands.ALL.forEach((name, command) -> command(out, command.get().syntax()));
    out.append(".SH QUESTIONS\n");
    for (Question question : Questions.all()) {
      out.append(".TP\n.B ask ").append(escaped(question.usage())).append('\n');
      out.append(line(question.title())).append(".\n");
    }
    out.append(".SH OPTIONS OF EVERY COMMAND\n");
    Syntax.everywhere().forEach(option -> option(out, option));
    out.append(
        ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 done but something was set aside.\n");
    out.append(
        ".SH ENVIRONMENT\n.TP\n.B FLIGHTLOG_HOME\nwhere everything is kept, else ~/.flightlog\n");
    out.append(".TP\n.B NO_COLOR\nwhen it is not empty, answers have no colours\n");
    return out.toString();
  }

  private static void command(StringBuilder out, Syntax syntax) {
    out.append(".SS ")
        .append(escaped(syntax.name() + " " + syntax.argument()).strip())
        .append('\n');
    out.append(line(syntax.meaning())).append('\n');
    syntax.options().forEach(option -> option(out, option));
    if (!syntax.examples().isEmpty()) {
      out.append(".P\n.nf\n");
      syntax.examples().forEach(example -> out.append(line(example)).append('\n'));
      out.append(".fi\n");
    }
  }

  private static void option(StringBuilder out, Option option) {
    out.append(".TP\n\\fB").append(escaped(option.usage())).append("\\fR\n");
    out.append(line(option.meaning())).append('\n');
  }

  /** A line that is text, whatever it begins with. */
  private static String line(String text) {
    return "\\&" + escaped(text);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("\n", " ");
  }
}
