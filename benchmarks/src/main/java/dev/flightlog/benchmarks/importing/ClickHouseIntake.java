package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.stores.clickhouse.ClickHouseProvider;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Journals into ClickHouse, whole: they are read, parsed, redacted, held against what is kept,
 * inserted, and added up; beside an insert of the very same rows from a file in ClickHouse's own
 * format into the same tables, with the views that fill further tables and without. What a server
 * merges afterwards counts for all.
 */
public final class ClickHouseIntake implements Benchmark {
  private static final String OURS = "Flightlog import";
  private static final String WITHOUT_SUMS = "the same, without sums and words";
  private static final String NATIVE = "native insert";
  private static final String PLAIN = "native insert, no views";
  private static final List<String> TABLES =
      List.of("events", "ids", "cells", "cell_ranks", "cell_sessions", "word_parts");
  private static final int ENOUGH_A_SECOND = 200_000;
  private static final double SHARE = 0.7;

  @Override
  public String name() {
    return "clickhouse-intake";
  }

  @Override
  public String title() {
    return "journals into one ClickHouse node, whole, beside a native insert of the same rows";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int events = settings.number("events", 1_000_000, 100_000);
    int rounds = settings.number("rounds", 3, 1);
    Path journals = Journals.of(events, settings.work());
    Path home = settings.emptyFolder("clickhouse-intake/home");
    Path file = home.resolveSibling("rows.native");
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      try (ClickHouseNode node = ClickHouseNode.own()) {
        IntakeServer server = new IntakeServer(node);
        ours(server, journals, settings.emptyFolder("clickhouse-intake/home"), events, found);
        Files.write(file, server.rows(OURS_DATABASE));
        peer(server, NATIVE, "native", file, events, found);
        peer(server, PLAIN, "plain", file, events, found);
        sizes(server, events, found);
      } catch (MissingServerException e) {
        throw new IllegalStateException(e);
      }
    }
    settings.emptyFolder("clickhouse-intake");
    return new Report(found)
        .setting("events", events)
        .setting("rounds", rounds)
        .verdict(Verdict.floor("events a second", ENOUGH_A_SECOND, found, OURS, "events/s"))
        .verdict(share("by processor time, all", found, OURS, NATIVE))
        .verdict(share("by processor time, sums and words left out", found, WITHOUT_SUMS, NATIVE))
        .remark(
            "The node is the ClickHouse of the tests, out of npm. Processor time is that of the"
                + " client and of the server together, until the server has merged; each client is"
                + " a process of its own, its start included.");
  }

  private static final String OURS_DATABASE = "ours";

  /** How much of the peer's speed by processor time is reached. */
  private static Verdict share(String what, Measurements found, String ours, String peer) {
    return Verdict.atLeast(what, SHARE, found, ours, peer, "events a processor second");
  }

  private static void ours(
      IntakeServer server, Path journals, Path home, int events, Measurements found)
      throws IOException, InterruptedException {
    double before = server.cpuSeconds();
    Forked.Outcome outcome =
        Forked.java(
            IntakeProcess.class,
            ImportJournals.JAVA,
            List.of(
                server.node().address(OURS_DATABASE),
                server.node().password(),
                Long.toString(server.pid()),
                home.toString(),
                journals.toString()));
    expect(events, figure(outcome, "events"));
    double last = server.settled();
    double adding = figure(outcome, "server cpu of sums");
    add(OURS, outcome, last - before, events, found);
    found.add(OURS, "peak MB", outcome.megabytes());
    double seconds = outcome.seconds() - figure(outcome, "seconds of sums");
    add(
        WITHOUT_SUMS,
        new Forked.Outcome(outcome.figures(), seconds, outcome.cpuSeconds(), 0),
        last - before - adding,
        events,
        found);
  }

  private static double figure(Forked.Outcome outcome, String name) throws IOException {
    Double told = outcome.figures().get(name);
    if (told == null) {
      throw new IOException("the import did not tell " + name);
    }
    return told;
  }

  private static void peer(
      IntakeServer server, String name, String database, Path file, int events, Measurements found)
      throws IOException, InterruptedException {
    ClickHouseNode node = server.node();
    String address = node.address(database);
    new ClickHouseProvider(_ -> node.password())
        .open(address.substring(address.indexOf(':') + 1))
        .close();
    if (name.equals(PLAIN)) {
      node.query("DROP VIEW " + database + ".ids_of_events SYNC");
      node.query("DROP VIEW " + database + ".touched_by_events SYNC");
    }
    double before = server.settled();
    Forked.Outcome outcome =
        Forked.java(
            NativeInsertProcess.class,
            ImportJournals.JAVA,
            List.of(node.host(), node.user(), node.password(), database, file.toString()));
    add(name, outcome, server.settled() - before, events, found);
    expect(events, Double.valueOf(node.query("SELECT count() FROM " + database + ".events")));
  }

  private static void expect(int events, double kept) throws IOException {
    if (kept != events) {
      throw new IOException(kept + " events are kept instead of " + events);
    }
  }

  private static void add(
      String who, Forked.Outcome outcome, double server, int events, Measurements found) {
    found.add(who, "events/s", events / outcome.seconds());
    found.add(who, "client us/event", outcome.cpuSeconds() * 1e6 / events);
    found.add(who, "server us/event", server * 1e6 / events);
    found.add(who, "events a processor second", events / (outcome.cpuSeconds() + server));
  }

  private static void sizes(IntakeServer server, int events, Measurements found) {
    for (String table : TABLES) {
      found.add(
          OURS, "bytes/event, " + table, (double) server.bytes(OURS_DATABASE, table) / events);
    }
    found.add(OURS, "bytes/event, zstd -3", (double) server.compressed(OURS_DATABASE) / events);
  }
}
