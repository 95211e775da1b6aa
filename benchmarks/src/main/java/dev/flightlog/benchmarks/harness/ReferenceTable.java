package dev.flightlog.benchmarks.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts the verdicts of the kept runs into the README, so that no figure is copied by hand. */
public final class ReferenceTable {
  private static final String BEGIN = "<!-- figures: written by benchmarks/run table -->";
  private static final String END = "<!-- end of figures -->";

  private ReferenceTable() {}

  /** The README with the table of these results in place of what stood there. */
  public static String into(String readme, Path results, List<Benchmark> benchmarks)
      throws IOException {
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the README has lost the lines " + BEGIN + " and " + END);
    }
    String table = BEGIN + "\n" + of(results, benchmarks) + END;
    return readme.substring(0, begin) + table + readme.substring(end + END.length());
  }

  private static String of(Path results, List<Benchmark> benchmarks) throws IOException {
    StringBuilder out =
        new StringBuilder("| what | target | measured | peer | ratio | met | command |\n");
    out.append("|---|---|---|---|---|---|---|\n");
    String machine = "";
    for (Benchmark benchmark : benchmarks) {
      Path file = results.resolve(benchmark.name() + ".json");
      if (!Files.exists(file)) {
        continue;
      }
      JsonNode run = new ObjectMapper().readTree(Files.readString(file));
      JsonNode on = run.path("machine");
      machine =
          on.path("processors").asText() + " processors (" + on.path("model").asText() + "), ";
      machine += on.path("memory").asText() + ", " + on.path("os").asText() + ", Java ";
      machine += on.path("java").asText() + ".\n";
      for (JsonNode target : run.path("targets")) {
        out.append("| ").append(target.path("what").asText());
        out.append(" | ").append(target.path("target").asText());
        out.append(" | ").append(Report.number(target.path("measured").asDouble())).append(' ');
        out.append(target.path("unit").asText()).append(" | ");
        if (target.path("peer").isTextual()) {
          out.append(target.path("peer").asText()).append(": ");
          out.append(Report.number(target.path("peer_value").asDouble()));
        }
        out.append(" | ").append(Report.number(target.path("ratio").asDouble()));
        out.append(" | ").append(target.path("met").asBoolean() ? "yes" : "**no**");
        out.append(" | `").append(run.path("command").asText()).append("` |\n");
      }
    }
    return machine.isEmpty()
        ? "No results are kept in `results/`.\n"
        : out + "\nMeasured on " + machine;
  }
}
