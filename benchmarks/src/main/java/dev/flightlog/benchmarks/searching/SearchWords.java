package dev.flightlog.benchmarks.searching;

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
import java.util.List;

/** The newest 20 events with a word, a phrase, a prefix; SQLite's FTS5 made by hand beside it. */
public final class SearchWords implements Benchmark {
  private static final String OURS = "Flightlog";
  private static final String PEER = "FTS5 by hand";
  private static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx512m");

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String title() {
    return "the newest 20 events with words, in process, milliseconds; FTS5 on the same rows";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int events = settings.number("events", 5_000_000, 200_000);
    int rounds = settings.number("rounds", 3, 1);
    int times = settings.number("times", 15, 9);
    Path home = IndexCache.of(Journals.of(events, settings.work()), settings);
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      add(found, OURS, "flightlog", home, times);
      add(found, PEER, "fts5", home, times);
    }
    Report report =
        new Report(found)
            .setting("events", events)
            .setting("rounds", rounds)
            .remark("first: the first search of each kind in a fresh process.")
            .remark("FTS5 sorts by time, as ours does; it has no parts of identifiers.");
    for (Sought sought : Sought.ALL) {
      report
          .verdict(Verdict.bound(sought.name() + ", ms", 50, found, OURS, sought.name()))
          .verdict(Verdict.atMost(sought.name() + ", peer", 1, found, OURS, PEER, sought.name()));
    }
    return report.verdict(Verdict.atMost("size of the index", 1, found, OURS, PEER, "index MB"));
  }

  private static void add(Measurements found, String who, String engine, Path home, int times)
      throws IOException, InterruptedException {
    Forked.java(SearchProcess.class, JAVA, List.of(engine, home.toString(), "" + times))
        .figures()
        .forEach((metric, value) -> found.add(who, metric, value));
  }
}
