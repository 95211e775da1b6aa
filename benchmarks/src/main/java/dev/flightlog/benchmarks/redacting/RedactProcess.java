package dev.flightlog.benchmarks.redacting;

import dev.flightlog.benchmarks.harness.Forked;
import dev.flightlog.benchmarks.harness.Measurements;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Redacts clean events of 280 to 320 bytes. Arguments: the folder of journals, rounds. */
final class RedactProcess {
  private RedactProcess() {}

  public static void main(String[] arguments) throws IOException {
    List<byte[]> lines = lines(Path.of(arguments[0]));
    int rounds = Integer.parseInt(arguments[1]);
    Redactor redactor = Redactor.create(RedactionKey.of(new byte[32]));
    RedactionBuffer buffer = new RedactionBuffer();
    List<Double> nanos = new ArrayList<>();
    long hits = 0;
    for (int round = -10; round < rounds; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 100_000; i++) {
        byte[] line = lines.get(i % lines.size());
        hits += redactor.redact(line, 0, line.length, buffer) ? 1 : 0;
      }
      if (round >= 0) {
        nanos.add((System.nanoTime() - start) / 100_000.0);
      }
    }
    Forked.report(System.out, "ns", Measurements.median(nanos));
    Forked.report(
        System.out, "bytes", lines.stream().mapToInt(each -> each.length).average().orElse(0));
    Forked.report(System.out, "false hits", hits);
  }

  private static List<byte[]> lines(Path folder) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
          if (utf8.length >= 280 && utf8.length <= 320) {
            lines.add(utf8);
          }
        }
      }
    }
    return lines;
  }
}
