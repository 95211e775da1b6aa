package dev.flightlog.benchmarks;

import dev.flightlog.benchmarks.archiving.RunArchives;
import dev.flightlog.benchmarks.asking.AnswerForms;
import dev.flightlog.benchmarks.asking.AskQuestions;
import dev.flightlog.benchmarks.asking.ClickHouseQuestions;
import dev.flightlog.benchmarks.capturing.Capture;
import dev.flightlog.benchmarks.capturing.OutputFlood;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Machine;
import dev.flightlog.benchmarks.harness.ReferenceTable;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.importing.ClickHouseIntake;
import dev.flightlog.benchmarks.importing.ImportJournals;
import dev.flightlog.benchmarks.importing.ImportTranscripts;
import dev.flightlog.benchmarks.instrumenting.InstrumentedCalls;
import dev.flightlog.benchmarks.launching.CommandLine;
import dev.flightlog.benchmarks.learning.LabelledErrors;
import dev.flightlog.benchmarks.learning.LearnRemedies;
import dev.flightlog.benchmarks.live.LiveLatency;
import dev.flightlog.benchmarks.live.Pages;
import dev.flightlog.benchmarks.logging.LoggingAppender;
import dev.flightlog.benchmarks.mining.TemplateMining;
import dev.flightlog.benchmarks.recording.RecorderLatency;
import dev.flightlog.benchmarks.recording.RecorderThroughput;
import dev.flightlog.benchmarks.redacting.Redaction;
import dev.flightlog.benchmarks.searching.SearchWords;
import dev.flightlog.benchmarks.slowing.PlantedSlowdowns;
import dev.flightlog.benchmarks.tasks.TaskSearches;
import dev.flightlog.benchmarks.telemetry.OtlpIntake;
import dev.flightlog.benchmarks.understanding.FailureAttribution;
import dev.flightlog.benchmarks.understanding.HumanInteractions;
import dev.flightlog.benchmarks.webhooks.WebhookAnswers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark by name; {@code benchmarks/run} builds and starts it. */
public final class Benchmarks {
  private static final List<Benchmark> ALL =
      List.of(
          RecorderLatency.alike(),
          RecorderLatency.amongMany(),
          RecorderThroughput.alike(),
          RecorderThroughput.amongMany(),
          new InstrumentedCalls(),
          new LoggingAppender(),
          new RunArchives(),
          new ImportJournals(),
          new ImportTranscripts(),
          new ClickHouseIntake(),
          new AskQuestions(),
          new SearchWords(),
          new ClickHouseQuestions(),
          new AnswerForms(),
          new PlantedSlowdowns(),
          new CommandLine(),
          new Redaction(),
          new FailureAttribution(),
          new WebhookAnswers(),
          new OtlpIntake(),
          new LiveLatency(),
          new Pages(),
          new TemplateMining(),
          new Capture(),
          new OutputFlood(),
          new TaskSearches(),
          new LearnRemedies(),
          new LabelledErrors(),
          new HumanInteractions());

  private Benchmarks() {}

  /** All of them, in the order of the table in the README. */
  public static List<Benchmark> all() {
    return ALL;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    List<String> names = new ArrayList<>();
    boolean quick = false;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals("--quick")) {
        quick = true;
      } else if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
        options.put(arguments[i].substring(2), arguments[++i]);
      } else {
        names.add(arguments[i]);
      }
    }
    Path root = Path.of(System.getProperty("flightlog.root", "."));
    Path work = Path.of(System.getProperty("flightlog.work", "benchmarks/target/work"));
    Path peers = Path.of(System.getProperty("flightlog.peers", "benchmarks/target/peers"));
    Settings settings = new Settings(quick, root, Files.createDirectories(work), peers, options);
    for (String name : names.equals(List.of("all")) ? names(ALL) : names) {
      if (name.equals("table")) {
        Path readme = root.resolve("benchmarks/README.md");
        Path results = root.resolve("benchmarks/results");
        Files.writeString(readme, ReferenceTable.into(Files.readString(readme), results, ALL));
      } else {
        run(named(name), settings);
      }
    }
    if (names.isEmpty()) {
      ALL.forEach(each -> System.out.printf("%-20s %s%n", each.name(), each.title()));
    }
  }

  private static Benchmark named(String name) {
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no benchmark " + name + "; there are " + names(ALL)));
  }

  private static List<String> names(List<Benchmark> benchmarks) {
    return benchmarks.stream().map(Benchmark::name).toList();
  }

  private static void run(Benchmark benchmark, Settings settings) throws Exception {
    Map<String, Object> machine = Machine.describe();
    System.out.println(benchmark.name() + ": " + benchmark.title());
    System.out.println("on " + machine);
    long start = System.nanoTime();
    Report report = benchmark.run(settings);
    report.setting("seconds", (System.nanoTime() - start) / 1_000_000_000);
    System.out.println();
    report.print(System.out);
    // A quick run is no reference: its figures stay out of the checkout.
    Path folder =
        settings.quick()
            ? settings.work().resolve("results")
            : settings.root().resolve("benchmarks/results");
    Path file = folder.resolve(benchmark.name() + ".json");
    report.write(file, benchmark, settings, machine);
    System.out.println("all rounds: " + file);
  }
}
