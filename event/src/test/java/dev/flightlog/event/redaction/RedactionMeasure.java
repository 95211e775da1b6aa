package dev.flightlog.event.redaction;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Prints recall and precision on the corpus, the cost of clean events and of hostile lines, and,
 * when folders are given, how often ordinary logs in them are hit. The command stands in
 * docs/format/redaction.md.
 */
public final class RedactionMeasure {
  private static final PrintStream OUT = System.out;

  private static final Redactor REDACTOR = Redactor.create(RedactionKey.of(new byte[32]));

  private RedactionMeasure() {}

  /** Measures; each argument is a folder of ordinary logs (.jsonl). */
  public static void main(String[] folders) throws IOException {
    List<SecretCorpus.Line> lines = SecretCorpus.lines(SecretCorpus.SEED);
    RedactionScore score = RedactionScore.of(REDACTOR, lines);
    OUT.printf("%d lines, seed %d%n", lines.size(), SecretCorpus.SEED);
    score.kinds.forEach((kind, tally) ->
        OUT.printf("  %-28s %4d of %4d found%n", kind, tally.found, tally.secrets));
    print("known formats", score.known);
    print("by name only", score.generic);
    score.misses.forEach(miss -> OUT.println("  missed  " + miss));
    score.falseHits.forEach(hit -> OUT.println("  false   " + hit));
    clean();
    hostile();
    for (String folder : folders) {
      ordinary(Path.of(folder));
    }
  }

  private static void print(String name, RedactionScore.Tally tally) {
    OUT.printf(
        "%-16s recall %.2f %%  precision %.2f %%  (%d secrets, %d false hits)%n",
        name, 100 * tally.recall(), 100 * tally.precision(), tally.secrets, tally.falseHits);
  }

  private static void clean() {
    byte[] event = HostileTexts.CLEAN_EVENT.getBytes(StandardCharsets.UTF_8);
    RedactionBuffer buffer = new RedactionBuffer();
    double best = Double.MAX_VALUE;
    int dirty = 0;
    for (int round = 0; round < 30; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < 200_000; i++) {
        dirty += REDACTOR.redact(event, 0, event.length, buffer) ? 1 : 0;
      }
      best = Math.min(best, (System.nanoTime() - start) / 200_000.0);
    }
    OUT.printf("clean event of %d bytes: %.0f ns (dirty %d)%n", event.length, best, dirty);
  }

  private static void hostile() {
    for (Map.Entry<String, byte[]> text :
        new TreeMap<>(HostileTexts.all(1 << 20, new Random(SecretCorpus.SEED))).entrySet()) {
      RedactionBuffer buffer = new RedactionBuffer();
      double best = Double.MAX_VALUE;
      for (int round = 0; round < 15; round++) {
        long start = System.nanoTime();
        REDACTOR.redactText(text.getValue(), 0, text.getValue().length, buffer);
        best = Math.min(best, (System.nanoTime() - start) / 1e6);
      }
      Scan scan = buffer.scanned();
      double work = scan == null ? 0 : (double) scan.work() / text.getValue().length;
      OUT.printf("hostile 1 MiB %-28s %6.1f ms  %.1f steps a byte%n", text.getKey(), best, work);
    }
  }

  private static void ordinary(Path folder) throws IOException {
    long records = 0;
    long hit = 0;
    long bytes = 0;
    Map<String, Integer> kinds = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> tree = Files.walk(folder)) {
      files = tree.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
    RedactionBuffer buffer = new RedactionBuffer();
    for (Path file : files) {
      for (String line : lines(file)) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        records++;
        bytes += text.length;
        if (REDACTOR.redact(text, 0, text.length, buffer)) {
          hit++;
          String redacted = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
          int at = redacted.indexOf("[redacted:");
          while (at >= 0) {
            kinds.merge(
                redacted.substring(at + 10, redacted.indexOf(':', at + 10)), 1, Integer::sum);
            if (Boolean.getBoolean("show")) {
              OUT.println(
                  "  hit "
                      + redacted.substring(
                          Math.max(0, at - 60), Math.min(redacted.length(), at + 60)));
            }
            at = redacted.indexOf("[redacted:", at + 10);
          }
        }
      }
    }
    OUT.printf(
        "%s: %d records, %d bytes, %d records with a hit (%.2f in 1,000): %s%n",
        folder.getFileName(), records, bytes, hit, 1000.0 * hit / Math.max(1, records), kinds);
  }

  private static List<String> lines(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
