package dev.flightlog.benchmarks.asking;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import dev.flightlog.benchmarks.importing.IndexCache;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Every question in process, warm; over as many events, and over a tenth of them. */
public final class AskQuestions implements Benchmark {
  private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx512m");
  private static final String FIRST = "first ";

  @Override
  public String name() {
    return "questions";
  }

  @Override
  public String title() {
    return "each question in process, milliseconds, warm; DuckDB on the same rows";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int events = settings.number("events", 5_000_000, 200_000);
    int rounds = settings.number("rounds", 3, 1);
    int times = settings.number("times", 25, 20);
    Path journals = Journals.of(events, settings.work());
    Path large = IndexCache.of(journals, settings);
    Path small = IndexCache.of(Journals.of(events / 10, settings.work()), settings);
    Path duckdb;
    try {
      duckdb = DuckDbTable.of(journals, settings.work());
    } catch (SQLException e) {
      throw new IOException(e);
    }
    String ours = "Flightlog, " + millions(events);
    String tenth = "Flightlog, " + millions(events / 10);
    String peer = "DuckDB, " + millions(events);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      add(found, ours, ask("flightlog", large, times));
      add(found, peer, ask("duckdb", duckdb, times));
      add(found, tenth, ask("flightlog", small, times));
    }
    Report report =
        new Report(found)
            .setting("events", events)
            .setting("rounds", rounds)
            .setting("times", times)
            .remark("first: the first asking of each question in a fresh process.")
            .remark(
                "DuckDB has the details that are asked for as columns, and approximate quantiles;"
                    + " its SQL holds less than our answers.");
    for (String question : Asked.names()) {
      report
          .verdict(Verdict.bound(question + ", ms", 30, found, ours, question))
          .verdict(Verdict.atMost(question + ", peer", 1, found, ours, peer, question))
          .verdict(Verdict.atMost(question + ", tenfold", 1.5, found, ours, tenth, question));
    }
    return report;
  }

  private static Map<String, Double> ask(String engine, Path where, int times)
      throws IOException, InterruptedException {
    List<String> arguments = List.of(engine, where.toString(), Integer.toString(times));
    return Forked.java(AskProcess.class, JAVA, arguments).figures();
  }

  private static void add(Measurements found, String who, Map<String, Double> figures) {
    figures.forEach((metric, value) -> {
      if (metric.startsWith(FIRST)) {
        found.add(who + ", first", metric.substring(FIRST.length()), value);
      } else {
        found.add(who, metric, value);
      }
    });
  }

  private static String millions(int events) {
    return events / 1_000_000.0 + " million";
  }
}
