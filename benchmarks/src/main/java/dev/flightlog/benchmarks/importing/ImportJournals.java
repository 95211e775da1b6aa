package dev.flightlog.benchmarks.importing;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Launched;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Journals into SQLite with all indexes, whole processes, the same rows for all. */
public final class ImportJournals implements Benchmark {
  private static final String OURS = "Flightlog import";
  private static final String JDBC = "JDBC batch loader";
  private static final String IN_C = "C loader";

  /** As the launcher starts an import. */
  static final List<String> JAVA = List.of("-XX:+UseSerialGC", "-Xmx512m");

  @Override
  public String name() {
    return "import-journals";
  }

  @Override
  public String title() {
    return "journals into SQLite with its indexes, whole processes";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    String events = settings.option("events");
    String defaults = settings.quick() ? "200000" : "1000000,5000000";
    Measurements found = new Measurements();
    Report report = new Report(found);
    boolean withC = Files.isExecutable(settings.peers().resolve("loader"));
    Launched ours = TrainedImport.of(settings);
    for (String each : (events == null ? defaults : events).split(",")) {
      int count = Integer.parseInt(each.replace("_", ""));
      int rounds = settings.number("rounds", count > 2_000_000 ? 2 : 3, 1);
      measure(count, rounds, withC, ours, settings, found);
      String metric = metric(count);
      report.setting("rounds of " + metric, rounds);
      String millions = " (" + count / 1_000_000.0 + " million)";
      if (withC) {
        report.verdict(Verdict.atLeast("a loader in C" + millions, 0.8, found, OURS, IN_C, metric));
      }
      report.verdict(
          Verdict.atLeast("a tuned JDBC loader" + millions, 2.5, found, OURS, JDBC, metric));
    }
    if (!withC) {
      report.remark("The loader in C could not be built here.");
    }
    report.remark(TrainedImport.REMARK);
    return report.remark(
        "Only Flightlog redacts, keeps positions and roll-ups, and checks each line; the loaders"
            + " trust their input, and keep texts and times as they are. Indexes on the same columns,"
            + " the same rows (checked).");
  }

  private static String metric(int events) {
    return events + " events: events/s";
  }

  private static void measure(
      int events, int rounds, boolean withC, Launched ours, Settings settings, Measurements found)
      throws IOException, InterruptedException {
    Path journals = Journals.of(events, settings.work());
    Path work = settings.emptyFolder("import-journals");
    List<String> loaderArguments = loaderArguments(journals, work);
    @Nullable Map<String, Object> contents = null;
    for (int round = 0; round < rounds; round++) {
      for (String who : withC ? List.of(OURS, JDBC, IN_C) : List.of(OURS, JDBC)) {
        Path home = settings.emptyFolder("import-journals/home");
        Path database = Index.in(home);
        warm(journals);
        Forked.Outcome outcome =
            switch (who) {
              case OURS -> ours.run(List.of(home.toString(), journals.toString()));
              case JDBC ->
                  Forked.java(JdbcLoader.class, JAVA, with(database.toString(), loaderArguments));
              default -> {
                String loader = settings.peers().resolve("loader").toString();
                yield Forked.run(
                    with(loader, with(database.toString(), loaderArguments)), Map.of());
              }
            };
        found.add(who, metric(events), events / outcome.seconds());
        found.add(who, "cpu s a million", outcome.cpuSeconds() * 1e6 / events);
        found.add(who, "peak MB", outcome.megabytes());
        found.add(who, "file MB", Files.size(database) / 1e6);
        contents = same(contents, database, who);
      }
    }
    settings.emptyFolder("import-journals");
  }

  private static List<String> loaderArguments(Path journals, Path work) throws IOException {
    try (Stream<Path> all = Files.list(journals)) {
      Path table = Files.writeString(work.resolve("table.sql"), PlainTable.TABLE);
      Path indexes = Files.writeString(work.resolve("indexes.sql"), PlainTable.INDEXES);
      List<String> files =
          all.map(Path::toString).filter(each -> each.endsWith(".jsonl")).sorted().toList();
      Path list = Files.write(work.resolve("files.txt"), files);
      return List.of(table.toString(), indexes.toString(), list.toString());
    }
  }

  private static List<String> with(String first, List<String> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }

  /** Reads every file once, so that nobody pays for the disk. */
  private static void warm(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      byte[] buffer = new byte[1 << 20];
      for (Path file : all.toList()) {
        try (var in = Files.newInputStream(file)) {
          while (in.read(buffer) >= 0) {}
        }
      }
    }
  }

  private static Map<String, Object> same(
      @Nullable Map<String, Object> expected, Path database, String who) throws IOException {
    try {
      Map<String, Object> contents = Index.contents(database);
      if (expected != null && !expected.equals(contents)) {
        throw new IOException(who + " loaded " + contents + ", another one " + expected);
      }
      return contents;
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
