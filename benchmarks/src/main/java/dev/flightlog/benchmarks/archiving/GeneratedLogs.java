package dev.flightlog.benchmarks.archiving;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The logs of a run, of a given size, the same each time: steps of four logs of 8,000 lines. */
final class GeneratedLogs {
  private static final List<String> COMPONENTS =
      List.of("orchestrator", "adapter", "metrics", "validator");
  private static final int LINES = 8000;
  private static final int WORDS = 3000;

  private final Random random = new Random(20261128);
  private final String[] words = new String[WORDS];
  private long written;

  private GeneratedLogs() {
    for (int i = 0; i < WORDS; i++) {
      words[i] = "w%05d".formatted(random.nextInt(40_000));
    }
  }

  /** Writes them below a folder that is empty. */
  static void write(Path logs, long bytes) throws IOException {
    GeneratedLogs generated = new GeneratedLogs();
    for (int step = 1; generated.written < bytes; step++) {
      Path folder =
          Files.createDirectories(logs.resolve(String.format(Locale.ROOT, "step_%03d", step)));
      for (String component : COMPONENTS) {
        generated.log(folder.resolve(component + ".log"), step, component, bytes);
      }
    }
  }

  private void log(Path file, int step, String component, long bytes) throws IOException {
    Instant time = Instant.parse("2026-11-28T12:00:00Z").plusSeconds(step * 60L);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      for (int i = 0; i < LINES && written < bytes; i++) {
        StringBuilder line = new StringBuilder("{\"timestamp\":\"");
        String at = time.plusNanos(i * 7_000_000L + 1000L * random.nextInt(1000)).toString();
        line.append(at, 0, at.length() - 1)
            .append("+00:00\",\"level\":\"INFO\",\"run_id\":\"big\"");
        line.append(",\"step\":").append(step).append(",\"component\":\"").append(component);
        line.append("\",\"message\":\"");
        for (int word = 0; word < 8; word++) {
          line.append(words[random.nextInt(WORDS)]).append(' ');
        }
        line.append("\",\"details\":{\"tokens\":").append(random.nextInt(9999));
        line.append(",\"request\":\"").append(Long.toHexString(random.nextLong())).append("\"}}\n");
        out.append(line);
        written += line.length();
      }
    }
  }
}
