package dev.flightlog.worker.capture;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.files.LineSplitter;
import dev.flightlog.event.redaction.KeyBlock;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.OutputType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
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

  private static final int CHUNK = 256 * 1024;

  /** So much of a line behind the limit is held ready as the last one. */
  private static final int LONGEST_LAST = 4000;

  /** So much of a longer line is handled at once. */
  private static final int SLICE = 256 * 1024;

  private static final byte[] PARTIAL =
      "{\"type\":\"stream_event\"".getBytes(StandardCharsets.US_ASCII);

  private final Redactor redactor;
  private final OutputLog log;
  private final InstantSource clock;
  private final TaskId task;
  private final String agent;
  private final FlightRecorder recorder;
  private final RunFacts facts;
  private final RunOutput out;
  private final CapturedStream stream;
  private long offset;
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
      Prices prices) {
    this.redactor = redactor;
    this.log = log;
    this.clock = clock;
    this.task = task;
    this.agent = agent;
    this.recorder = recorder;
    facts = new RunFacts(prices, model);
    out = new RunOutput(redactor, log, clock, facts);
    stream = new CapturedStream(redactor, prices, clock);
  }

  /** Reads the agent's output until it ends. */
  public void standardOutput(InputStream in) throws IOException {
    read(in, LONGEST_LINE, new Captured(true));
  }

  /** Reads what the agent writes to standard error until it ends. */
  public void standardError(InputStream in) throws IOException {
    read(in, LONGEST_ERROR_LINE, new Captured(false));
  }

  private void read(InputStream in, int longest, Captured lines) throws IOException {
    LineSplitter splitter = new LineSplitter(longest, lines);
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        splitter.take(chunk, 0, n);
        if (in.available() == 0) {
          // Nothing more can be read at the moment.
          flush();
        }
      }
      splitter.end();
      flush();
    } finally {
      lines.tellLast();
    }
  }

  /** What was told so far. */
  public synchronized AgentReport report() {
    return facts.report(stream.format());
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
    log.notice(clock.instant(), text);
    log.flush();
  }

  /** Both streams have ended: what was still open is closed. */
  public synchronized void end() {
    stream.end();
    stream.drain(this::event);
    log.flush();
    if (log.dropped() > 0) {
      notice("[" + log.dropped() + " bytes of output were not kept]");
    }
  }

  /** False when the line is of no known format after all. */
  private synchronized boolean json(byte[] bytes, int from, int to, long at) {
    boolean known = stream.read(bytes, from, to, at, out);
    if (known && !out.takeTold() && !startsWith(bytes, from, to, PARTIAL)) {
      out.line(OutputType.SYSTEM, out.raw(bytes, from, to));
    }
    stream.drain(this::event);
    return known;
  }

  /** What is sent in parts comes as a whole, too. */
  private static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
    return to - from > start.length
        && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
  }

  /** An event of the run: of this task, and of this agent where it is not a subagent's. */
  private void event(Event event) {
    String by = event.text(Field.AGENT_NAME);
    Event.Builder own = event.toBuilder().set(Field.TASK_ID, task.value());
    if (by == null || by.equals(Attribution.MAIN)) {
      own.set(Field.AGENT_NAME, agent);
    }
    recorder.log(own.build());
  }

  private synchronized void plain(OutputType type, String text) {
    out.line(type, text);
    remember(type, text);
  }

  private synchronized void remember(OutputType type, String text) {
    String shown = TerminalText.shown(text);
    if (!shown.isBlank()) {
      String kept = TerminalText.start(shown, 4000);
      if (type == OutputType.ERROR) {
        lastError = kept;
      } else {
        lastText = kept;
      }
    }
  }

  private synchronized boolean dropped(int bytes) {
    if (log.isFull() && stream.format() == null) {
      log.drop(bytes);
      return true;
    }
    return false;
  }

  /** Where the line or piece began that has come now; by its first line the stream is known. */
  private synchronized long passed(byte[] bytes, int from, int to, int feed) {
    long began = offset;
    if (began == 0) {
      stream.first(bytes, from, to);
    }
    offset += to - from + feed;
    return began;
  }

  private synchronized void flush() {
    log.flush();
  }

  /** The lines of one of the two streams. */
  private final class Captured implements LineSplitter.Sink {
    private final boolean output;
    private final OutputType type;
    private final RedactionBuffer clean = new RedactionBuffer();
    private final PieceRedactor pieces = new PieceRedactor(redactor);
    private final KeyBlock keys = new KeyBlock();
    private final byte[] last = new byte[LONGEST_LAST];
    private int lastLength;
    private boolean lastIsPending;

    Captured(boolean output) {
      this.output = output;
      type = output ? OutputType.OUTPUT : OutputType.ERROR;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
      int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
      try {
        long at = output ? passed(bytes, from, to, 1) : 0;
        if (dropped(end - from)) {
          keepLast(bytes, from, end);
        } else if (!output || end == from || bytes[from] != '{' || !object(bytes, from, end, at)) {
          text(bytes, from, end);
        }
      } catch (RuntimeException | StackOverflowError unexpected) {
        notUnderstood(unexpected);
      }
    }

    private void text(byte[] bytes, int from, int end) {
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
      if (!inKey && TerminalText.showsSomething(bytes, from, from + length)) {
        // Redacted and decoded only when it turns out to be the last.
        System.arraycopy(bytes, from, last, 0, length);
        lastLength = length;
        lastIsPending = true;
      }
    }

    /** False when the line is of no known format after all. */
    private boolean object(byte[] bytes, int from, int to, long at) {
      try {
        return json(bytes, from, to, at);
      } catch (RuntimeException | StackOverflowError unexpected) {
        notUnderstood(unexpected);
        return false;
      }
    }

    /** One line costs itself: what comes after it is still read. */
    private void notUnderstood(Throwable unexpected) {
      notice("[a line was not understood: " + unexpected + "]");
    }

    @Override
    public void piece(byte[] bytes, int from, int to, boolean last) {
      try {
        if (output) {
          passed(bytes, from, to, last ? 1 : 0);
        }
        if (!dropped(to - from)) {
          slices(bytes, from, to, last);
        }
      } catch (RuntimeException | StackOverflowError unexpected) {
        notUnderstood(unexpected);
      }
    }

    private void slices(byte[] bytes, int from, int to, boolean last) {
      int at = from;
      do {
        int end = Math.min(to, at + SLICE);
        pieces.piece(bytes, at, end, last && end == to, this::part);
        at = end;
      } while (at < to);
    }

    private void part(byte[] text, int start, int end) {
      plain(type, new String(text, start, end - start, StandardCharsets.UTF_8));
    }

    /** The stream has ended: the last line behind the limit is what it said last. */
    void tellLast() {
      if (lastIsPending) {
        lastIsPending = false;
        try {
          rememberLast();
        } catch (RuntimeException | StackOverflowError unexpected) {
          notUnderstood(unexpected);
        }
      }
    }

    private void rememberLast() {
      boolean changed = redactor.redactText(last, 0, lastLength, clean);
      remember(
          type,
          changed
              ? new String(clean.array(), 0, clean.length(), StandardCharsets.UTF_8)
              : new String(last, 0, lastLength, StandardCharsets.UTF_8));
    }
  }
}
