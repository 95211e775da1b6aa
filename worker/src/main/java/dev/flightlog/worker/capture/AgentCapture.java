package dev.flightlog.worker.capture;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.redaction.KeyBlock;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.OutputType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what one run of an agent prints: each line redacted, then understood where its format
 * is known (it is recognised by the first line that can be of no other), then written to the task's
 * output and as events. Never waits for anything but the disk, so that the agent is not held up;
 * when the output file is full it reads on and drops.
 *
 * <p>The streams are read on threads of their own, through {@link #standardOutput} and {@link
 * #standardError}; everything else may be called from any thread.
 */
public final class AgentCapture {
  /** Longer lines are text, whatever they hold; with copies this is most of what a run keeps. */
  private static final int LONGEST_LINE = 4 << 20;

  private static final int LONGEST_ERROR_LINE = 1 << 20;

  /** So much of a line behind the limit is held ready as the last one. */
  private static final int LONGEST_LAST = 4000;

  /** So much of a longer line is handled at once. */
  private static final int SLICE = 256 * 1024;

  private final Redactor redactor;
  private final OutputLog log;
  private final Told told;
  private final List<StreamFormat> formats = List.of(new ClaudeStream(), new CodexStream());
  private @Nullable StreamFormat format;
  private String lastText = "";
  private String lastError = "";

  /**
   * @param model the model to tell when the output does not
   */
  public AgentCapture(
      TaskId task,
      String agent,
      @Nullable String model,
      Redactor redactor,
      FlightRecorder recorder,
      OutputLog log,
      InstantSource clock,
      ModelFacts facts) {
    this.redactor = redactor;
    this.log = log;
    told = new Told(task, agent, recorder, log, clock, facts);
    told.model = model;
  }

  /** Reads the agent's output until it ends. */
  public void standardOutput(InputStream in) throws IOException {
    read(in, LONGEST_LINE, new Lines(true));
  }

  /** Reads what the agent writes to standard error until it ends. */
  public void standardError(InputStream in) throws IOException {
    read(in, LONGEST_ERROR_LINE, new Lines(false));
  }

  private static void read(InputStream in, int longest, Lines lines) throws IOException {
    try {
      new LineSplitter(in, longest, lines).run();
    } finally {
      lines.tellLast();
    }
  }

  /** What was told so far. */
  public synchronized AgentReport report() {
    return told.report();
  }

  /** The last line of plain output, for agents that have no other way to answer. */
  public synchronized String lastText() {
    return lastText;
  }

  /** The last line on standard error. */
  public synchronized String lastError() {
    return lastError;
  }

  /** Adds a line of Flightlog's own. */
  public synchronized void notice(String text) {
    log.notice(told.now(), text);
    log.flush();
  }

  /** Both streams have ended: what was still open is closed. */
  public synchronized void end() {
    if (format != null) {
      format.end(told);
    }
    told.end();
    if (log.dropped() > 0) {
      notice("[" + log.dropped() + " bytes of output were not kept]");
    }
  }

  private synchronized void json(Map<?, ?> line, byte[] bytes, int from, int to) {
    for (StreamFormat each : formats) {
      if (format == null && each.recognises(line)) {
        format = each;
        told.format = each.format();
      }
    }
    String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (format == null) {
      plain(OutputType.OUTPUT, raw);
    } else {
      format.read(line, raw, told);
    }
  }

  private synchronized void plain(OutputType type, String text) {
    told.line(type, text);
    remember(type, text);
  }

  private synchronized void remember(OutputType type, String text) {
    if (!text.isBlank()) {
      String kept = text.length() > 4000 ? text.substring(0, 4000) : text;
      if (type == OutputType.ERROR) {
        lastError = kept;
      } else {
        lastText = kept;
      }
    }
  }

  private synchronized boolean dropped(int bytes) {
    if (log.isFull() && format == null) {
      log.drop(bytes);
      return true;
    }
    return false;
  }

  private synchronized void flush() {
    log.flush();
  }

  /** The lines of one of the two streams. */
  private final class Lines implements LineSplitter.Sink {
    private final boolean output;
    private final OutputType type;
    private final RedactionBuffer clean = new RedactionBuffer();
    private final PieceRedactor pieces = new PieceRedactor(redactor);
    private final KeyBlock keys = new KeyBlock();
    private final JsonReader json = new JsonReader();
    private final byte[] last = new byte[LONGEST_LAST];
    private int lastLength;
    private boolean lastIsPending;

    Lines(boolean output) {
      this.output = output;
      type = output ? OutputType.OUTPUT : OutputType.ERROR;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
      int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
      if (dropped(end - from)) {
        keepLast(bytes, from, end);
        return;
      }
      if (output && end > from && bytes[from] == '{' && object(bytes, from, end)) {
        return;
      }
      switch (keys.of(bytes, from, end)) {
        case NONE -> {
          boolean changed = redactor.redactText(bytes, from, end, clean);
          plain(
              type,
              changed
                  ? new String(clean.array(), 0, clean.length(), StandardCharsets.UTF_8)
                  : new String(bytes, from, end - from, StandardCharsets.UTF_8));
        }
        case FIRST -> plain(type, "[redacted:private-key]");
        case INNER -> {
          // The mark stands for it.
        }
      }
    }

    /** What is not kept may still be the last that is said: so much of it is held ready. */
    private void keepLast(byte[] bytes, int from, int end) {
      int length = Math.min(end - from, LONGEST_LAST);
      while (length > 0 && from + length < end && (bytes[from + length] & 0xc0) == 0x80) {
        // Not in the middle of a character.
        length--;
      }
      boolean inKey =
          switch (keys.of(bytes, from, end)) {
            case NONE -> false;
            case FIRST, INNER -> true;
          };
      boolean blank = true;
      for (int i = from; i < from + length && blank; i++) {
        blank = bytes[i] <= ' ' && bytes[i] >= 0;
      }
      if (!inKey && !blank) {
        // Redacted and decoded only when it turns out to be the last.
        System.arraycopy(bytes, from, last, 0, length);
        lastLength = length;
        lastIsPending = true;
      }
    }

    /** False when the line is no JSON object after all. */
    private boolean object(byte[] bytes, int from, int to) {
      boolean changed = redactor.redact(bytes, from, to, clean);
      byte[] text = changed ? clean.array() : bytes;
      int start = changed ? 0 : from;
      int end = changed ? clean.length() : to;
      try {
        json.reset(text, start, end);
        if (json.value() instanceof Map<?, ?> map) {
          json.finish();
          json(map, text, start, end);
          return true;
        }
      } catch (JsonException notJson) {
        return false;
      } catch (RuntimeException unexpected) {
        notice("[a line was not understood: " + unexpected + "]");
        return false;
      }
      return false;
    }

    private void json(Map<?, ?> map, byte[] text, int start, int end) {
      AgentCapture.this.json(map, text, start, end);
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) {
      if (dropped(to - from)) {
        return;
      }
      int at = from;
      do {
        int end = Math.min(to, at + SLICE);
        pieces.piece(bytes, at, end, last && end == to, this::text);
        at = end;
      } while (at < to);
    }

    private void text(byte[] text, int start, int end) {
      plain(type, new String(text, start, end - start, StandardCharsets.UTF_8));
    }

    /** The stream has ended: the last line behind the limit is what it said last. */
    void tellLast() {
      if (lastIsPending) {
        lastIsPending = false;
        boolean changed = redactor.redactText(last, 0, lastLength, clean);
        remember(
            type,
            changed
                ? new String(clean.array(), 0, clean.length(), StandardCharsets.UTF_8)
                : new String(last, 0, lastLength, StandardCharsets.UTF_8));
      }
    }

    @Override
    public void pause() {
      flush();
    }
  }
}
