package dev.flightlog.event.redaction;

import dev.flightlog.event.redaction.text.Bytes;
import dev.flightlog.event.redaction.text.Window;
import java.util.regex.Matcher;

/**
 * What is known while one text is examined: the bytes, the window around the present place, the
 * findings, and how much work is left. The work is bounded by a multiple of the text's length; once
 * it is used up, every further plausible place is redacted without another look, so that hostile
 * text costs its author readability and us no time.
 */
final class Scan {
  /** Kind of what was redacted because looking closer would have cost too much. */
  static final String UNCHECKED = "unchecked";

  private static final int BASE_WORK = 128 * 1024;
  private static final int WORK_A_BYTE = 5;
  private static final int INSPECTION = 30;
  private static final int PATTERN_STEPS = 8 * 1024;

  /** How far behind its anchor a token may reach that starts before it. */
  private static final int REACH = 512;

  private final Window window = new Window();
  private final Findings findings = new Findings();
  private byte[] bytes = new byte[0];
  private int from;
  private int to;
  private long work;
  private long allowed;
  private int lastName = -1;
  private boolean json;
  private int stringFrom;
  private int stringTo;

  void begin(byte[] source, int start, int end, boolean isJson) {
    bytes = source;
    json = isJson;
    stringFrom = 0;
    stringTo = -1;
    from = start;
    to = end;
    work = 0;
    allowed = BASE_WORK + (long) WORK_A_BYTE * (end - start);
    lastName = -1;
    window.reset();
    findings.clear();
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  Findings findings() {
    return findings;
  }

  /** Steps taken so far: characters decoded and read; a pattern's reading counts double. */
  long work() {
    return work;
  }

  void spend(int steps) {
    work += steps;
  }

  /** Looks closer at a place, or redacts it unseen when the work is used up. */
  void inspect(Detector detector, int at, int end) {
    if (findings.settles(at)) {
      return;
    }
    if (work > allowed) {
      redactUnseen(at);
      return;
    }
    work += INSPECTION;
    detector.inspect(this, at, end);
  }

  /** The window around a source position. */
  Window windowAt(int at) {
    spend(window.cover(bytes, from, to, at));
    return window;
  }

  /** Whether the name that starts here is new; several anchors may lie in one name. */
  boolean firstLookAtName(int source) {
    boolean first = lastName != source;
    lastName = source;
    return first;
  }

  /**
   * Runs a pattern from each place between two of the window, until it matches; one that tries too
   * much counts as a match of the run of text it was set on.
   */
  boolean matches(Matcher matcher, int first, int last, int at) {
    window.allow(PATTERN_STEPS);
    try {
      int end = last == first ? window.length() : Math.min(window.length(), last + REACH);
      for (int start = Math.max(0, first); start <= last; start++) {
        if (matcher.region(start, end).lookingAt()) {
          return true;
        }
      }
      return false;
    } catch (Window.TooManySteps e) {
      redactUnseen(at);
      return false;
    } finally {
      spend(2 * window.steps());
      window.allow(Integer.MAX_VALUE);
    }
  }

  /** Reports a secret in the window's characters. */
  void found(int start, int end, String kind, boolean sure) {
    if (end > start) {
      add(window.source(start), window.source(end), kind, sure);
    }
  }

  /** Reports a secret by its place in the source. */
  void foundInSource(int start, int end, String kind, boolean sure) {
    if (end > start) {
      add(start, end, kind, sure);
    }
  }

  /** Reports a secret that is longer than a window: it ends where its run of text ends. */
  void foundToEndOfRun(int start, int end, String kind) {
    add(start, endOfRun(end), kind, true);
  }

  /**
   * What is found is bounded by the JSON string it stands in, so that no span settles what was not
   * looked at.
   */
  private void add(int start, int end, String kind, boolean sure) {
    int from = json && bytes[start] == '"' ? start + 1 : start;
    int until = json ? Bytes.stringEnd(bytes, from, end) : end;
    if (until > from) {
      findings.add(from, until, kind, sure);
    }
  }

  /** Whether the text is JSON, whose strings bound what is found. */
  boolean isJson() {
    return json;
  }

  /** Where the text ends that a position stands in: the JSON string, or the whole text. */
  int textEnd(int at) {
    if (!json) {
      return to;
    }
    if (at < stringFrom || at > stringTo) {
      stringFrom = at;
      stringTo = Bytes.stringEnd(bytes, at, to);
      spend(stringTo - at >>> 3);
    }
    return stringTo;
  }

  private int endOfRun(int at) {
    int end = at;
    while (end < to && (bytes[end] & 0xff) > ' ' && bytes[end] != '"' && bytes[end] != '\\') {
      end++;
    }
    spend(end - at);
    return end;
  }

  private void redactUnseen(int at) {
    int end = endOfRun(at);
    if (end - at >= 12) {
      add(at, end, UNCHECKED, true);
    }
  }
}
