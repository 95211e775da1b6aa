package dev.flightlog.cli.forwarding;

import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.output.Format;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.Target;
import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.shipping.confirmed.Backlog;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What waits to be shipped, as any process can tell it from the home. Stateless. */
final class ShipStatus {
  private ShipStatus() {}

  /** Prints it; answers {@link CommandException#FAILED} when something takes nothing now. */
  static int print(Invocation call, Optional<Target> target) {
    Home home = call.home();
    JsonWriter json = new JsonWriter().beginObject();
    StringBuilder text = new StringBuilder();
    boolean failing = false;
    Optional<Backlog> backlog = HomeShipping.backlog(home);
    if (backlog.isPresent()) {
      failing = !backlog.get().problem().isEmpty();
      store(home, backlog.get(), json, text);
    }
    if (target.isPresent()) {
      failing |= forwarding(home, target.get(), json, text);
    }
    call.console().out().print(call.format() == Format.TEXT ? text : json.endObject() + "\n");
    call.console().out().flush();
    return failing ? CommandException.FAILED : CommandException.OK;
  }

  private static void store(Home home, Backlog backlog, JsonWriter json, StringBuilder text) {
    Instant now = home.clock().instant();
    Duration age = backlog.age(now);
    Instant confirmed = backlog.confirmed();
    json.key("store").beginObject().key("address").string(Index.place(home));
    json.key("events").number(backlog.events()).key("bytes").number(backlog.bytes());
    json.key("files").number(backlog.files()).key("oldest_seconds").number(age.toSeconds());
    if (confirmed != null) {
      json.key("confirmed_at").string(Timestamps.text(Timestamps.of(confirmed)));
    }
    json.key("problem").string(backlog.problem()).endObject();
    text.append("store       ").append(Index.place(home)).append(": ");
    if (backlog.bytes() == 0) {
      text.append("everything is confirmed");
    } else {
      text.append(Units.count(backlog.events(), "event"))
          .append(" in ")
          .append(Units.count(backlog.files(), "file"))
          .append(" (")
          .append(Units.count(backlog.bytes() >> 10))
          .append(" KiB) wait, the oldest since ")
          .append(Units.span(age.toNanos() / 1000));
    }
    text.append(confirmed == null ? "; never confirmed yet" : "; all of what was there ")
        .append(
            confirmed == null
                ? ""
                : Units.span(Duration.between(confirmed, now).toNanos() / 1000) + " ago is there")
        .append(backlog.problem().isEmpty() ? "" : "\n            last: " + backlog.problem())
        .append('\n');
  }

  private static boolean forwarding(Home home, Target target, JsonWriter json, StringBuilder text) {
    Forwarder.Backlog backlog;
    try {
      backlog = Forwarder.backlog(target, home.journals(), home.folder());
    } catch (IOException e) {
      throw CommandException.failed("forwarding: " + e.getMessage());
    }
    json.key("forwarding").beginObject().key("to").string(target.name());
    json.key("bytes").number(backlog.bytes()).key("problem").string(backlog.problem()).endObject();
    text.append("forwarding  ")
        .append(target.name())
        .append(": ")
        .append(Units.count(backlog.bytes() >> 10))
        .append(" KiB wait")
        .append(backlog.problem().isEmpty() ? "" : "\n            last: " + backlog.problem())
        .append('\n');
    return !backlog.problem().isEmpty();
  }
}
