package dev.flightlog.cli.forwarding;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.cli.command.Launch;
import dev.flightlog.cli.output.Format;
import dev.flightlog.cli.rules.TrialExchange;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.forwarding.Forwarder;
import dev.flightlog.forwarding.Target;
import dev.flightlog.home.Home;
import dev.flightlog.home.ShipLock;
import dev.flightlog.home.forwarding.HomeForwarding;
import dev.flightlog.home.index.HomeShipping;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.importer.ImportCounts;
import dev.flightlog.importer.ImportException;
import dev.flightlog.store.StoreException;
import dev.flightlog.wording.Units;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ship}: sends what this machine records to where the settings say, until it is stopped:
 * into a store that machines share, and on to a receiver of logs.
 */
public final class ShipCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "ship",
            "Send what is recorded here, journals and all that was ever imported, into the store that machines share"
                + " (store.address), and journals to the receiver that forwarding.to names: a collector of"
                + " OpenTelemetry, OpenSearch, Elasticsearch, Datadog or CloudWatch. Goes on until Ctrl-C or SIGTERM; what"
                + " cannot be sent now waits in its files. A running 'flightlog serve' does the same by itself.")
        .with(
            Option.flag("--once", "send what is there now, and end"),
            Option.flag("--status", "tell what waits to be sent, and end"))
        .example(
            "FLIGHTLOG_STORE_ADDRESS=clickhouse://me@db1,db2/flightlog flightlog ship",
            "flightlog ship --status",
            "FLIGHTLOG_FORWARDING_TO='otlp http://127.0.0.1:4318' flightlog ship --once");
  }

  @Override
  public Launch launch() {
    return Launch.IMPORT;
  }

  @Override
  public int run(Invocation call) throws InterruptedException {
    Home home = call.home();
    boolean shared = HomeShipping.isShared(home);
    Optional<Target> target = HomeForwarding.target(home);
    if (!shared && target.isEmpty()) {
      throw CommandException.usage(
          "there is nowhere to ship to: set store.address to a store that machines share, such as"
              + " clickhouse://me@db1/flightlog, or forwarding.to, in config.json or as"
              + " FLIGHTLOG_STORE_ADDRESS and FLIGHTLOG_FORWARDING_TO");
    }
    if (call.flag("--status")) {
      return ShipStatus.print(call, target);
    }
    try (ShipLock _ = lock(home)) {
      return call.flag("--once") ? once(call, shared, target) : follow(call, shared);
    }
  }

  private static ShipLock lock(Home home) {
    return ShipLock.take(home)
        .orElseThrow(() ->
            CommandException.failed(
                "another Flightlog ships from "
                    + home.path()
                    + " just now, 'ship' or 'serve'; how it goes: flightlog ship --status"));
  }

  private static int once(Invocation call, boolean shared, Optional<Target> target)
      throws InterruptedException {
    JsonWriter json = new JsonWriter().beginObject();
    int code = CommandException.OK;
    if (shared) {
      code = ship(call, json);
    }
    if (target.isPresent()) {
      code = Math.max(code, forward(call, target.get(), json));
    }
    if (call.format() != Format.TEXT) {
      call.console().out().println(json.endObject());
    }
    call.console().out().flush();
    return code;
  }

  private static int ship(Invocation call, JsonWriter json) {
    ImportCounts counts;
    try {
      counts = new Shipper(call.home()).once();
    } catch (StoreException | ImportException e) {
      throw CommandException.failed(
          e.getMessage() + "; what was not sent waits, and is sent by the next 'flightlog ship'");
    }
    json.key("store").string(Index.place(call.home()));
    json.key("shipped").number(counts.imported()).key("known").number(counts.duplicates());
    if (call.format() == Format.TEXT) {
      call.console()
          .out()
          .println(
              Units.count(counts.imported(), "event")
                  + " shipped to "
                  + Index.place(call.home())
                  + (counts.duplicates() > 0
                      ? ", " + Units.count(counts.duplicates()) + " known there before"
                      : ""));
    }
    return counts.quarantined() > 0 ? CommandException.SET_ASIDE : CommandException.OK;
  }

  private static int forward(Invocation call, Target target, JsonWriter json)
      throws InterruptedException {
    try (Forwarder forwarder = HomeForwarding.forwarder(call.home(), target, call.console()::say)) {
      boolean all = forwarder.send();
      Forwarder.Status status = forwarder.status();
      json.key("to").string(target.name()).key("sent").number(status.sent());
      json.key("refused").number(status.refused()).key("complete").bool(all);
      if (call.format() == Format.TEXT) {
        call.console()
            .out()
            .println(
                status.sent()
                    + " events sent to "
                    + target.name()
                    + (status.refused() > 0 ? ", " + status.refused() + " refused" : "")
                    + (all ? "" : "; not all: " + status.problem()));
      }
      return !all
          ? CommandException.FAILED
          : status.refused() > 0 ? CommandException.SET_ASIDE : CommandException.OK;
    } catch (IOException e) {
      throw CommandException.failed("forwarding: " + e.getMessage());
    }
  }

  /** Until the process is told to end; then what was begun is ended. */
  private static int follow(Invocation call, boolean shared) throws InterruptedException {
    Thread here = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook =
        Thread.ofPlatform()
            .unstarted(() -> {
              here.interrupt();
              try {
                ended.await();
              } catch (InterruptedException e) {
                return;
              }
              Runtime.getRuntime().halt(CommandException.OK);
            });
    try (ForwardingThread forwarding = new ForwardingThread(call.home(), call.console()::say);
        TrialExchange trials = new TrialExchange(call.home(), call.console()::say)) {
      Runtime.getRuntime().addShutdownHook(hook);
      forwarding.start();
      trials.start();
      call.console().say("ships until it is stopped; how it goes: flightlog ship --status");
      if (shared) {
        new Shipper(call.home()).follow();
      } else {
        new CountDownLatch(1).await();
      }
      return CommandException.OK;
    } catch (InterruptedException stopped) {
      return CommandException.OK;
    } catch (StoreException e) {
      throw CommandException.failed(String.valueOf(e.getMessage()));
    } finally {
      ended.countDown();
    }
  }
}
