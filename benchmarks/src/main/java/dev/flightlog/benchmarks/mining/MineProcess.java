package dev.flightlog.benchmarks.mining;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.patterns.templates.TemplatedLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Learns a file and tells the template of each line, again and again. Arguments: file, times. */
final class MineProcess {
  private MineProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      long start = System.nanoTime();
      TemplatedLines lines = TemplatedLines.learn(file);
      long[] letters = {0};
      lines.tell((number, template) -> letters[0] += template.id().length());
      rates.add(lines.lines() / ((System.nanoTime() - start) / 1e9));
      if (letters[0] != 16 * lines.lines()) {
        throw new IOException("a line has no template");
      }
    }
    Forked.report(System.out, "lines/s, first file of the process", rates.getFirst());
    Forked.report(
        System.out, "lines/s", Measurements.median(rates.subList(rates.size() / 2, rates.size())));
  }
}
