package dev.flightlog.runs.record;

import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.runs.files.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON files beside the logs of a run: {@code metadata.json} and {@code metrics.json}. */
public final class RunDocuments {
  private RunDocuments() {}

  /** Writes {@code metrics.json}: what was counted, by step and in all. */
  public static void writeMetrics(RunFolder run, RunRecord record) throws IOException {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("run_id").string(record.runId()).key("framework").string(record.framework());
    json.key("model").string(record.model());
    json.key("steps").beginArray();
    for (StepRecord step : record.steps()) {
      json.beginObject().key("step").number(step.number());
      json.key("status").string(step.status().wireName());
      measures(step.measures(), json);
      json.endObject();
    }
    json.endArray().key("total").beginObject();
    measures(record.total(), json);
    json.endObject().endObject();
    write(run.file(RunFolder.METRICS), json);
  }

  private static void measures(Measures measures, JsonWriter json) {
    measures.durationMs().ifPresent(millis -> json.key("duration_ms").number(millis));
    json.key("retries").number(measures.retries()).key("api_calls").number(measures.apiCalls());
    json.key("llm_requests").number(measures.llmRequests());
    json.key("input_tokens").number(measures.inputTokens());
    json.key("output_tokens").number(measures.outputTokens());
    json.key("cache_read_tokens").number(measures.cacheReadTokens());
    json.key("cache_write_tokens").number(measures.cacheWriteTokens());
    json.key("total_tokens").number(measures.totalTokens());
    measures.costUsd().ifPresent(cost -> json.key("cost_usd").number(cost));
    json.key("unpriced_requests").number(measures.unpriced());
    json.key("errors").number(measures.errors()).key("warnings").number(measures.warnings());
    json.key("downtime_ms").number(measures.downtimeMs());
  }

  /**
   * Writes {@code metadata.json}.
   *
   * @param archives all that were ever made, the newest last
   */
  public static void writeMetadata(RunFolder run, RunRecord record, List<ArchiveRecord> archives)
      throws IOException {
    JsonWriter json = new JsonWriter().beginObject();
    json.key("run_id").string(record.runId()).key("framework").string(record.framework());
    json.key("model").string(record.model()).key("status").string(record.status().wireName());
    json.key("started_at").string(record.startedAt());
    if (!record.endedAt().isEmpty()) {
      json.key("ended_at").string(record.endedAt());
    }
    json.key("steps").number(record.steps().size());
    if (!archives.isEmpty()) {
      json.key("archive");
      archive(archives.get(archives.size() - 1), json);
      json.key("earlier_archives").beginArray();
      archives.subList(0, archives.size() - 1).forEach(each -> archive(each, json));
      json.endArray();
    }
    json.endObject();
    write(run.file(RunFolder.METADATA), json);
  }

  private static void archive(ArchiveRecord archive, JsonWriter json) {
    json.beginObject().key("name").string(archive.name()).key("size").number(archive.size());
    json.key("sha256").string(archive.sha256()).endObject();
  }

  private static void write(Path file, JsonWriter json) throws IOException {
    AtomicFile.write(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The archives that {@code metadata.json} knows, the newest last; none when it is not there. */
  public static List<ArchiveRecord> archives(RunFolder run) throws IOException {
    List<ArchiveRecord> archives = new ArrayList<>();
    Path file = run.file(RunFolder.METADATA);
    if (!Files.exists(file)) {
      return archives;
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      if (new JsonReader().reset(bytes, 0, bytes.length).value() instanceof Map<?, ?> map) {
        if (map.get("earlier_archives") instanceof List<?> earlier) {
          earlier.forEach(each -> archive(each).ifPresent(archives::add));
        }
        archive(map.get("archive")).ifPresent(archives::add);
      }
    } catch (JsonException e) {
      throw new IOException(
          file + " is no JSON (" + e.getMessage() + "); remove it, and it is made anew", e);
    }
    return archives;
  }

  private static Optional<ArchiveRecord> archive(@org.jspecify.annotations.Nullable Object value) {
    return value instanceof Map<?, ?> map
            && map.get("name") instanceof String name
            && map.get("size") instanceof Long size
            && map.get("sha256") instanceof String hash
        ? Optional.of(new ArchiveRecord(name, size, hash))
        : Optional.empty();
  }
}
