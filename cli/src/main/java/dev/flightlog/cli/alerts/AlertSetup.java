package dev.flightlog.cli.alerts;

import dev.flightlog.alerts.AlertSettings;
import dev.flightlog.alerts.rules.Limits;
import dev.flightlog.alerts.sending.CommandTarget;
import dev.flightlog.alerts.sending.EmailTarget;
import dev.flightlog.alerts.sending.MailServer;
import dev.flightlog.alerts.sending.SlackTarget;
import dev.flightlog.alerts.sending.Target;
import dev.flightlog.alerts.sending.WebhookTarget;
import dev.flightlog.alerts.state.QuietHours;
import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.settings.Setting;
import dev.flightlog.home.settings.Settings;
import dev.flightlog.wording.SafeText;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the settings of a home say about alerts. Stateless. */
final class AlertSetup {
  private static final Set<String> RULES =
      Set.of(
          "error_rate",
          "budget",
          "context",
          "waiting",
          "stuck_task",
          "loop",
          "pipeline",
          "storage");

  private AlertSetup() {}

  /**
   * @throws HomeException when something of it is wrong; holds no secret
   */
  static AlertSettings of(Settings settings, Clock clock) {
    Set<String> off = new HashSet<>(settings.list(Setting.ALERTS_OFF));
    for (String rule : off) {
      if (!RULES.contains(rule)) {
        throw new HomeException(
            "alerts.off names '"
                + SafeText.shortened(rule, 40)
                + "'; there are "
                + String.join(", ", RULES.stream().sorted().toList()));
      }
    }
    return new AlertSettings(
        settings.flag(Setting.ALERTS_ENABLED),
        off,
        limits(settings),
        targets(settings, clock),
        QuietHours.of(settings.text(Setting.ALERTS_QUIET)),
        new Dates(settings.zone()));
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.number(Setting.ALERTS_WAITING),
        settings.number(Setting.ALERTS_CONTEXT),
        settings.number(Setting.ALERTS_REPEATED),
        settings.number(Setting.ALERTS_TASK),
        settings.number(Setting.ALERTS_SILENT),
        settings.real(Setting.ALERTS_COST_HOUR),
        settings.number(Setting.ALERTS_BUDGET),
        settings.number(Setting.ALERTS_FREE),
        settings.number(Setting.ALERTS_SHIP));
  }

  private static List<Target> targets(Settings settings, Clock clock) {
    List<Target> targets = new ArrayList<>();
    String slack = settings.text(Setting.ALERTS_SLACK);
    if (!slack.isEmpty()) {
      targets.add(new SlackTarget(URI.create(slack)));
    }
    String webhook = settings.text(Setting.ALERTS_WEBHOOK);
    if (!webhook.isEmpty()) {
      String secret = settings.text(Setting.ALERTS_WEBHOOK_SECRET);
      targets.add(new WebhookTarget(URI.create(webhook), secret, clock));
    }
    List<String> receivers = settings.list(Setting.ALERTS_EMAIL_TO);
    if (!receivers.isEmpty()) {
      targets.add(email(settings, receivers));
    }
    List<String> command = settings.list(Setting.ALERTS_COMMAND);
    if (!command.isEmpty()) {
      targets.add(new CommandTarget(command));
    }
    return targets;
  }

  private static Target email(Settings settings, List<String> receivers) {
    String told = settings.text(Setting.ALERTS_EMAIL_FROM);
    String from = told.isEmpty() ? receivers.getFirst() : told;
    List<String> all = new ArrayList<>(receivers);
    all.add(from);
    for (String address : all) {
      if (!EmailTarget.isAddress(address)) {
        throw new HomeException(
            "alerts.email: '" + SafeText.shortened(address, 60) + "' is no e-mail address");
      }
    }
    String server = settings.text(Setting.ALERTS_EMAIL_SERVER);
    int colon = server.indexOf(':');
    int port = Integer.parseInt(server.substring(colon + 1));
    if (port < 1 || port > 65_535) {
      throw new HomeException("alerts.email.server: a port is from 1 to 65535, not " + port);
    }
    MailServer mail =
        new MailServer(
            server.substring(0, colon),
            port,
            MailServer.Security.valueOf(
                settings.text(Setting.ALERTS_EMAIL_SECURITY).toUpperCase(Locale.ROOT)),
            settings.text(Setting.ALERTS_EMAIL_USER),
            settings.text(Setting.ALERTS_EMAIL_PASSWORD));
    return new EmailTarget(mail, from, receivers);
  }
}
