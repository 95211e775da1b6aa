package dev.flightlog.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark found: all rounds, the verdicts, and remarks that belong to the figures, such as
 * a peer that could not be had. Not safe for several threads.
 */
public final class Report {
  private final Measurements measurements;
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();

  public Report(Measurements measurements) {
    this.measurements = measurements;
  }

  public Report verdict(Verdict verdict) {
    verdicts.add(verdict);
    return this;
  }

  public Report remark(String remark) {
    remarks.add(remark);
    return this;
  }

  /** A setting that whoever compares two runs must know. */
  public Report setting(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** The medians by contender, then the verdicts, then the remarks. */
  public void print(PrintStream out) {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("median of rounds"));
    head.addAll(measurements.metrics());
    table.add(head);
    for (String contender : measurements.contenders()) {
      List<String> row = new ArrayList<>(List.of(contender));
      for (String metric : measurements.metrics()) {
        boolean known = measurements.has(contender, metric);
        row.add(known ? number(measurements.median(contender, metric)) : "");
      }
      table.add(row);
    }
    print(table, out);
    if (!verdicts.isEmpty()) {
      out.println();
      List<List<String>> judged = new ArrayList<>();
      judged.add(List.of("target", "asked", "measured", "peer", "", "ratio", "met"));
      for (Verdict each : verdicts) {
        judged.add(
            List.of(
                each.what(),
                each.target(),
                number(each.measured()) + " " + each.unit(),
                each.peer() == null ? "-" : each.peer(),
                each.peer() == null ? "" : number(each.peerValue()),
                number(each.ratio()),
                each.met() ? "yes" : "NO"));
      }
      print(judged, out);
    }
    remarks.forEach(remark -> out.println("- " + remark));
  }

  private static void print(List<List<String>> table, PrintStream out) {
    int[] widths = new int[table.getFirst().size()];
    for (List<String> row : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Writes everything, each round too, as JSON. */
  public void write(Path file, Benchmark benchmark, Settings asked, Map<String, Object> machine)
      throws IOException {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("benchmark", benchmark.name());
    out.put("title", benchmark.title());
    out.put("command", asked.command(benchmark));
    out.put("quick", asked.quick());
    out.put("machine", machine);
    out.put("settings", settings);
    Map<String, Object> contenders = new LinkedHashMap<>();
    for (String contender : measurements.contenders()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      for (String metric : measurements.metrics()) {
        if (measurements.has(contender, metric)) {
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("median", rounded(measurements.median(contender, metric)));
          figures.put(
              "rounds",
              measurements.rounds(contender, metric).stream().map(Report::rounded).toList());
          metrics.put(metric, figures);
        }
      }
      contenders.put(contender, metrics);
    }
    out.put("contenders", contenders);
    out.put("targets", verdicts.stream().map(Report::json).toList());
    out.put("remarks", remarks);
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(file, mapper.writeValueAsString(out) + "\n");
  }

  private static Map<String, @Nullable Object> json(Verdict verdict) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("what", verdict.what());
    out.put("target", verdict.target());
    out.put("measured", rounded(verdict.measured()));
    out.put("unit", verdict.unit());
    out.put("peer", verdict.peer());
    out.put("peer_value", verdict.peer() == null ? null : rounded(verdict.peerValue()));
    out.put("ratio", rounded(verdict.ratio()));
    out.put("met", verdict.met());
    return out;
  }

  private static Object rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros()
        : Double.toString(value);
  }

  /** Three digits that matter, thousands apart. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    int decimals =
        size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
