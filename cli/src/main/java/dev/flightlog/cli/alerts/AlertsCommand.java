package dev.flightlog.cli.alerts;

import dev.flightlog.alerts.AlertSettings;
import dev.flightlog.alerts.rules.Condition;
import dev.flightlog.alerts.rules.Severity;
import dev.flightlog.alerts.sending.Target;
import dev.flightlog.alerts.state.Acknowledgements;
import dev.flightlog.alerts.state.Alert;
import dev.flightlog.alerts.state.AlertBook;
import dev.flightlog.alerts.state.Notice;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.output.Table;
import dev.flightlog.event.Timestamps;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code alerts}: what a server found that people should know, and whether messages arrive. */
public final class AlertsCommand implements Command {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "state",
          "rule",
          "severity",
          "subject",
          "title",
          "detail",
          "since",
          "resolved_at",
          "acknowledged_at");

  @Override
  public Syntax syntax() {
    return Syntax.of(
            "alerts",
            "List what 'serve' found that people should know: what fires, and what is over since a week. 'test' sends a"
                + " message to every target that is set (alerts.slack.url, alerts.webhook.url, alerts.email.to,"
                + " alerts.command); 'ack ID' says that one knows of an alert, so that it is told no more until it is over.")
        .takes("[list|test|ack ID]", 0, 2)
        .example("flightlog alerts", "flightlog alerts test", "flightlog alerts ack 3f8a01bc");
  }

  @Override
  public Launch launch() {
    return Launch.TASKS;
  }

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    List<String> words = call.arguments();
    String action = words.isEmpty() ? "list" : words.getFirst();
    if (action.equals("ack") != words.size() > 1) {
      throw CommandException.usage(
          action.equals("ack")
              ? "alerts ack needs the ID of an alert; flightlog alerts lists them"
              : "alerts " + SafeText.shortened(action, 40) + " takes no further word");
    }
    return switch (action) {
      case "list" -> list(call);
      case "test" -> test(call);
      case "ack" -> acknowledge(words.get(1), call);
      default ->
          throw CommandException.usage(
              "alerts has no action '"
                  + SafeText.shortened(action, 40)
                  + "'; there are list, test and ack");
    };
  }

  private static int list(Invocation call) throws IOException {
    List<Alert> all = AlertBook.open(call.home().path()).all();
    if (call.format() != Format.TEXT) {
      Table table = new Table(COLUMNS);
      for (Alert alert : all) {
        Map<String, @Nullable Object> values = alert.values();
        table.add(COLUMNS.stream().map(values::get).toArray());
      }
      table.print(call.format(), call.console().out());
      return CommandException.OK;
    }
    Dates dates = new Dates(call.settings().zone());
    long now = Timestamps.of(call.console().clock().instant());
    Table table = new Table(List.of("id", "state", "severity", "since", "what", "detail"), 300);
    for (Alert alert : all) {
      Object state = alert.values().get("state");
      table.add(
          alert.id(),
          state,
          alert.condition().severity().word(),
          dates.minute(alert.since()) + " (" + Units.ago(alert.since(), now) + ")",
          alert.condition().title(),
          call.hint(alert.condition().detail()));
    }
    if (table.size() == 0) {
      call.console().say("no alert in the last week; serve looks for them while it runs");
    } else {
      table.print(call.format(), call.console().out(), call.console().screen());
    }
    call.console().out().flush();
    return CommandException.OK;
  }

  private static int test(Invocation call) throws InterruptedException {
    AlertSettings settings = AlertSetup.of(call.settings(), call.console().clock());
    if (settings.targets().isEmpty()) {
      throw CommandException.failed(
          "no target is set: alerts.slack.url, alerts.webhook.url, alerts.email.to or alerts.command");
    }
    long now = Timestamps.of(call.console().clock().instant());
    Condition condition =
        new Condition(
            "test",
            "test",
            Severity.WARNING,
            "messages of Flightlog arrive here",
            "Somebody called: flightlog alerts test");
    Alert alert = new Alert("test", condition, now, null, null);
    boolean ok = true;
    for (Target target : settings.targets()) {
      Notice notice =
          new Notice("test-" + now, target.name(), Notice.Kind.TEST, alert, now, 0, now);
      try {
        target.send(notice);
        call.console().say(target.name() + ": sent");
      } catch (IOException | RuntimeException e) {
        ok = false;
        call.console().say(target.name() + ": not sent: " + e.getMessage());
      }
    }
    return ok ? CommandException.OK : CommandException.FAILED;
  }

  private static int acknowledge(String id, Invocation call) throws IOException {
    boolean known =
        AlertBook.open(call.home().path()).all().stream()
            .anyMatch(alert -> alert.isFiring() && alert.id().equals(id));
    if (!known) {
      throw CommandException.failed(
          "no alert that fires has the id '"
              + SafeText.shortened(id, 40)
              + "'; see: flightlog alerts");
    }
    Acknowledgements.inHome(call.home().folder()).wish(id);
    call.console().say(id + " is told no more until it is over");
    return CommandException.OK;
  }
}
