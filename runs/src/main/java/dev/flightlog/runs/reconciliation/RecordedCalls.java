package dev.flightlog.runs.reconciliation;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.runs.files.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The requests to models that stand in the logs of a run. */
final class RecordedCalls {
  private RecordedCalls() {}

  static List<RecordedCall> of(RunFolder run) throws IOException {
    List<RecordedCall> calls = new ArrayList<>();
    try (Stream<Path> logs = Files.walk(run.logs(), 2)) {
      for (Path file : logs.filter(each -> each.toString().endsWith(".log")).sorted().toList()) {
        read(file, calls);
      }
    }
    return calls;
  }

  private static void read(Path file, List<RecordedCall> calls) throws IOException {
    JsonReader json = new JsonReader();
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.contains("\"event_type\":\"model_call\"")) {
          continue;
        }
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try {
          if (json.reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> entry
              && entry.get("details") instanceof Map<?, ?> details
              && entry.get("timestamp") instanceof String time) {
            calls.add(call(entry, details, Timestamps.parse(time)));
          }
        } catch (JsonException e) {
          // The summary counts lines that cannot be read.
        }
      }
    }
  }

  private static RecordedCall call(Map<?, ?> entry, Map<?, ?> details, long micros) {
    return new RecordedCall(
        String.valueOf(entry.get("run_id")),
        micros,
        entry.get("step") instanceof Long step ? step : RunFolder.NO_STEP,
        details.get("model") instanceof String model ? model : "",
        new Tokens(
            whole(details, "input_tokens"),
            whole(details, "cache_read_tokens"),
            whole(details, "cache_write_tokens"),
            whole(details, "output_tokens"),
            1),
        details.get("cost_usd") instanceof Number cost
            ? new BigDecimal(cost.toString())
            : BigDecimal.ZERO);
  }

  private static long whole(Map<?, ?> map, String key) {
    return map.get(key) instanceof Long number ? Math.max(0, number) : 0;
  }
}
