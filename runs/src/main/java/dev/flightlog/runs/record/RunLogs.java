package dev.flightlog.runs.record;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.runs.files.RunFolder;
import dev.flightlog.runs.files.RunLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of a run, which are its truth: what is counted, what went wrong. The same logs
 * always give the same record. For one run and one thread; blocks.
 */
public final class RunLogs {
  private static final int MOST_REMARKS = 100;
  private static final int MOST_RECONCILIATIONS = 20;
  private static final byte[] COUNTED = "\"event_type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "\"level\":\"ERROR\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] WARNING = "\"level\":\"WARNING\"".getBytes(StandardCharsets.US_ASCII);

  private final JsonReader json = new JsonReader();
  private final MeasureSums total = new MeasureSums();
  private final TreeMap<Long, OpenStep> steps = new TreeMap<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final List<Remark> interactions = new ArrayList<>();
  private final List<String> reconciliation = new ArrayList<>();
  private long allInteractions;
  private long damaged;
  private final Map<Object, Integer> openIn = new HashMap<>();
  private boolean everEnded;
  private boolean failed;
  private boolean imported;
  private boolean untimed;
  private String runId = "";
  private String framework = "";

  /** Used for one file after the other: a run may have tens of thousands. */
  private final byte[] buffer = new byte[1 << 16];

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String model = "";
  private String calledModel = "";
  private String startedAt = "";
  private String endedAt = "";

  private static final class OpenStep {
    private final MeasureSums sums = new MeasureSums();
    private boolean open;
    private String status = "";
  }

  private RunLogs() {}

  /**
   * Reads all logs of a run, in which others may be logging.
   *
   * @throws IOException when they cannot be read
   */
  public static RunRecord read(RunFolder run) throws IOException {
    return read(run, RunLock.isHeld(run));
  }

  /**
   * As {@link #read(RunFolder)}, for who knows whether anybody logs there.
   *
   * @param running whether some process logs in it
   */
  public static RunRecord read(RunFolder run, boolean running) throws IOException {
    RunLogs logs = new RunLogs();
    for (Path file : LogFolder.files(run)) {
      logs.read(file);
    }
    return logs.record(running);
  }

  private void read(Path file) throws IOException {
    boolean reconciles =
        String.valueOf(file.getFileName()).startsWith(RunFolder.RECONCILIATION + ".");
    line.reset();
    try (InputStream in = Files.newInputStream(file)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        int from = 0;
        for (int i = 0; i < count; i++) {
          if (buffer[i] == '\n') {
            end(from, i, reconciles);
            from = i + 1;
          }
        }
        line.write(buffer, from, count - from);
      }
    }
    end(0, 0, reconciles);
  }

  /** A line ends in the buffer; what was read of it before stands apart. */
  private void end(int from, int to, boolean reconciles) {
    if (line.size() == 0) {
      line(buffer, from, to, reconciles);
      return;
    }
    line.write(buffer, from, to - from);
    byte[] whole = line.toByteArray();
    line.reset();
    line(whole, 0, whole.length, reconciles);
  }

  private void line(byte[] bytes, int from, int to, boolean reconciles) {
    if (from == to) {
      return;
    }
    if (bytes[from] != '{' || bytes[to - 1] != '}') {
      damaged++;
      return;
    }
    if (!reconciles && !isCounted(bytes, from, to)) {
      return;
    }
    try {
      if (json.reset(bytes, from, to).value() instanceof Map<?, ?> entry) {
        entry(entry, reconciles);
      }
    } catch (JsonException e) {
      damaged++;
    }
  }

  /** Whether a line tells what is counted or remarked upon; in one pass, as most do not. */
  private static boolean isCounted(byte[] bytes, int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (bytes[i] == '"') {
        byte next = bytes[i + 1];
        if (next == 'e' && matches(bytes, i, to, COUNTED)
            || next == 'l' && (matches(bytes, i, to, ERROR) || matches(bytes, i, to, WARNING))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at, int to, byte[] wanted) {
    return at + wanted.length <= to
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private void entry(Map<?, ?> entry, boolean reconciles) {
    String type = text(entry, "event_type");
    String level = text(entry, "level");
    Map<?, ?> details = entry.get("details") instanceof Map<?, ?> map ? map : Map.of();
    long number = step(entry.get("step"));
    if (runId.isEmpty()) {
      runId = text(entry, "run_id");
    }
    if (reconciles) {
      reconciliation.add(text(entry, "message"));
      if (reconciliation.size() > MOST_RECONCILIATIONS) {
        reconciliation.remove(0);
      }
      return;
    }
    ofRun(type, text(entry, "timestamp"), details);
    total.add(type, level, details);
    if (number != RunFolder.NO_STEP) {
      OpenStep step = steps.computeIfAbsent(number, any -> new OpenStep());
      step.sums.add(type, level, details);
      ofStep(step, type, details);
    }
    remark(entry, type, level, number, details);
  }

  /** Logging libraries know texts only in what they attach to a thread. */
  private static long step(@Nullable Object told) {
    if (told instanceof Long number) {
      return number;
    }
    return told instanceof String text && text.matches("[0-9]{1,9}")
        ? Long.parseLong(text)
        : RunFolder.NO_STEP;
  }

  private void ofRun(String type, String timestamp, Map<?, ?> details) {
    switch (type) {
      case "run_started" -> {
        if (Boolean.TRUE.equals(details.get("first"))) {
          // Nobody had it open any more, whatever their logs say.
          openIn.clear();
        }
        openIn.merge(String.valueOf(details.get("pid")), 1, Integer::sum);
        imported |= Boolean.TRUE.equals(details.get("imported"));
        untimed |= Boolean.TRUE.equals(details.get("untimed"));
        framework = framework.isEmpty() ? text(details, "framework") : framework;
        startedAt =
            startedAt.isEmpty() || timestamp.compareTo(startedAt) < 0 ? timestamp : startedAt;
      }
      case "run_finished" -> {
        openIn.computeIfPresent(
            String.valueOf(details.get("pid")), (pid, count) -> count > 1 ? count - 1 : null);
        everEnded = true;
        failed |= text(details, "status").equals("failed");
        endedAt = timestamp.compareTo(endedAt) > 0 ? timestamp : endedAt;
      }
      case "run_model" -> model = text(details, "model");
      case "model_call" ->
          calledModel = calledModel.isEmpty() ? text(details, "model") : calledModel;
      default -> {
        // Only told of a step.
      }
    }
  }

  private static void ofStep(OpenStep step, String type, Map<?, ?> details) {
    if (type.equals("step_started")) {
      step.open = true;
    } else if (type.equals("step_finished")) {
      step.open = false;
      step.status = text(details, "status");
    }
  }

  private void remark(Map<?, ?> entry, String type, String level, long step, Map<?, ?> details) {
    boolean person = type.equals("human_interaction");
    allInteractions += person ? 1 : 0;
    List<Remark> into =
        person ? interactions : level.equals("ERROR") || level.equals("WARNING") ? remarks : null;
    if (into != null && into.size() < MOST_REMARKS) {
      into.add(
          new Remark(
              text(entry, "timestamp"),
              person ? text(details, "kind") : level,
              step,
              text(entry, "component"),
              text(entry, "message"),
              text(entry, "error_type")));
    }
  }

  private RunRecord record(boolean running) {
    RunStatus open = running ? RunStatus.RUNNING : RunStatus.INCOMPLETE;
    List<StepRecord> list = new ArrayList<>();
    boolean stepFailed = false;
    boolean stepOpen = false;
    for (Map.Entry<Long, OpenStep> each : steps.entrySet()) {
      OpenStep step = each.getValue();
      RunStatus status =
          step.open ? open : step.status.equals("failed") ? RunStatus.FAILED : RunStatus.SUCCEEDED;
      stepFailed |= status == RunStatus.FAILED;
      stepOpen |= status == open;
      list.add(new StepRecord(each.getKey(), status, step.sums.sums()));
    }
    boolean ended = everEnded && openIn.isEmpty();
    total.duration(untimed ? OptionalLong.empty() : duration(startedAt, endedAt));
    return new RunRecord(
        runId,
        framework,
        model.isEmpty() ? calledModel : model,
        !ended || stepOpen ? open : failed || stepFailed ? RunStatus.FAILED : RunStatus.SUCCEEDED,
        untimed ? "" : startedAt,
        untimed || !ended ? "" : endedAt,
        list,
        total.sums(),
        remarks,
        interactions,
        allInteractions,
        reconciliation,
        imported,
        damaged);
  }

  private static OptionalLong duration(String from, String to) {
    Instant start = instant(from);
    Instant end = instant(to);
    return start == null || end == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, Duration.between(start, end).toMillis()));
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty()
          ? null
          : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    } catch (java.time.DateTimeException e) {
      return null;
    }
  }
}
