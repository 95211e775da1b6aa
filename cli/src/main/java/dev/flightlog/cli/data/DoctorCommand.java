package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.home.checks.Check;
import dev.flightlog.home.checks.Checkup;
import dev.flightlog.home.paths.HomeException;
import java.util.ArrayList;
import java.util.List;

/** {@code doctor}: looks at everything that can be wrong with a home, and says how to mend it. */
public final class DoctorCommand implements Command {

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "doctor",
            "Check the home: permissions, settings, journals, index, quarantine, tasks, space. Exit code 1 when something is"
                + " wrong.")
        .with(
            Option.flag(
                "--thorough", "look at every page of the index, too, however long that takes"))
        .example("flightlog doctor --format json");
  }

  @Override
  public int run(Invocation call) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("java", true, "Java " + Runtime.version()));
    try {
      checks.addAll(Checkup.of(call.home(), call.flag("--thorough")));
    } catch (HomeException e) {
      checks.add(new Check("settings", false, String.valueOf(e.getMessage())));
    }
    boolean ok = checks.stream().allMatch(Check::ok);
    print(checks, ok, call);
    return ok ? CommandException.OK : CommandException.FAILED;
  }

  private static void print(List<Check> checks, boolean ok, Invocation call) {
    if (call.format() == Format.JSON) {
      JsonWriter json =
          new JsonWriter().beginObject().key("ok").bool(ok).key("checks").beginArray();
      for (Check check : checks) {
        json.beginObject().key("name").string(check.name()).key("ok").bool(check.ok());
        json.key("detail").string(call.hint(check.detail())).endObject();
      }
      call.console().out().println(json.endArray().endObject());
    } else {
      Table table = new Table(List.of("check", "ok", "detail"), 2000);
      checks.forEach(
          check -> table.add(check.name(), check.ok() ? "ok" : "WRONG", call.hint(check.detail())));
      table.print(call.format(), call.console().out(), call.console().screen());
    }
    call.console().out().flush();
  }
}
