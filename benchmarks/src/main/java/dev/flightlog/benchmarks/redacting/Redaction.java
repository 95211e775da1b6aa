package dev.flightlog.benchmarks.redacting;

import dev.flightlog.benchmarks.generated.Journals;
import dev.flightlog.benchmarks.harness.Benchmark;
import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.benchmarks.harness.Report;
import dev.flightlog.benchmarks.harness.Settings;
import dev.flightlog.benchmarks.harness.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What redaction costs a clean event, and what it finds in the corpus of the room event. */
public final class Redaction implements Benchmark {
  private static final String OURS = "Redactor";
  private static final String CORPUS = "dev.flightlog.event.redaction.RedactionMeasure";
  private static final Pattern SCORE =
      Pattern.compile(
          "(known formats|by name only)\\s+recall ([\\d.]+) %\\s+precision ([\\d.]+) %.*");

  @Override
  public String name() {
    return "redaction";
  }

  @Override
  public String title() {
    return "time for a clean event of 300 bytes; recall and precision on the labelled corpus";
  }

  @Override
  public Report run(Settings settings) throws IOException, InterruptedException {
    int rounds = settings.number("rounds", 5, 1);
    Path journals = Journals.of(20_000, settings.work());
    Measurements found = new Measurements();
    for (int round = 0; round < rounds; round++) {
      List<String> arguments = List.of(journals.toString(), settings.quick() ? "10" : "30");
      found.addAll(OURS, Forked.java(RedactProcess.class, List.of(), arguments).figures());
    }
    Report report = new Report(found).setting("rounds", rounds);
    corpus(settings.root(), found, report);
    return report
        .verdict(Verdict.bound("clean event of 300 bytes", 1000, found, OURS, "ns"))
        .verdict(Verdict.floor("known formats found", 99.5, found, "known formats", "recall %"))
        .verdict(Verdict.floor("what is found is one", 98, found, "known formats", "precision %"));
  }

  private static void corpus(Path root, Measurements found, Report report)
      throws IOException, InterruptedException {
    Path event = root.toAbsolutePath().resolve("event/target");
    String classes = event.resolve("classes") + File.pathSeparator + event.resolve("test-classes");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classes, CORPUS)
            .redirectErrorStream(true)
            .start();
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher score = SCORE.matcher(line);
        if (score.matches()) {
          found.add(score.group(1), "recall %", Double.parseDouble(score.group(2)));
          found.add(score.group(1), "precision %", Double.parseDouble(score.group(3)));
        } else if (line.contains("seed")
            || line.startsWith("  missed")
            || line.startsWith("  false")) {
          report.remark(line.strip());
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("the measure of the corpus failed: run " + CORPUS + " by hand");
    }
  }
}
