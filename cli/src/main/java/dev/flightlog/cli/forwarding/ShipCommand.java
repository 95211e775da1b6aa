package dev.flightlog.cli.forwarding;

import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.Target;
import dev.flightlog.home.forwarding.HomeForwarding;
import java.io.IOException;

/** {@code ship}: sends what journals hold to where the settings say, and ends. */
public final class ShipCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "ship",
            "Send what is new in the journals to the receiver that the setting forwarding.to names: a collector of"
                + " OpenTelemetry, OpenSearch, Elasticsearch, Datadog or CloudWatch. A running 'flightlog serve' does it"
                + " by itself, and must not run beside this.")
        .example("FLIGHTLOG_FORWARDING_TO='otlp http://127.0.0.1:4318' flightlog ship");
  }

  @Override
  public int run(Invocation call) {
    Target target =
        HomeForwarding.target(call.home())
            .orElseThrow(() ->
                CommandException.usage(
                    "forwarding.to is empty: set it in config.json, or as FLIGHTLOG_FORWARDING_TO"));
    try (Forwarder forwarder = HomeForwarding.forwarder(call.home(), target, call.console()::say)) {
      boolean all = forwarder.send();
      Forwarder.Status status = forwarder.status();
      if (call.format() == Format.TEXT) {
        call.console()
            .out()
            .println(
                status.sent()
                    + " events sent to "
                    + target.name()
                    + (status.refused() > 0 ? ", " + status.refused() + " refused" : "")
                    + (all ? "" : "; not all: " + status.problem()));
      } else {
        JsonWriter json = new JsonWriter().beginObject();
        json.key("to").string(target.name()).key("sent").number(status.sent());
        json.key("refused").number(status.refused()).key("complete").bool(all);
        call.console().out().println(json.endObject());
      }
      call.console().out().flush();
      return !all
          ? CommandException.FAILED
          : status.refused() > 0 ? CommandException.SET_ASIDE : CommandException.OK;
    } catch (IOException e) {
      throw CommandException.failed("forwarding: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("forwarding was interrupted");
    }
  }
}
