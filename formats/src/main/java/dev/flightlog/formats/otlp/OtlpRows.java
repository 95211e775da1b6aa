package dev.flightlog.formats.otlp;

import dev.flightlog.event.EventBatch;
import dev.flightlog.formats.otlp.GenAi.Operation;
import dev.flightlog.formats.otlp.OtlpRecord.Log;
import dev.flightlog.formats.otlp.OtlpRecord.Point;
import dev.flightlog.formats.otlp.OtlpRecord.Span;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import java.util.Set;

/**
 * Makes rows of records. Each row has an id that comes from what the record is about, so that a
 * record that is sent again, or is told by a transcript as well, changes nothing. Not thread-safe.
 */
public final class OtlpRows implements OtlpRecord.Sink {
  private final TelemetryRows rows;
  private final ClaudeTelemetry claude;
  private final ClaudeSpans claudeSpans;
  private final CodexTelemetry codex;
  private final GeminiTelemetry gemini;
  private final GenAiRows genAi;
  private final OtherRows other;
  private long records;
  private long refused;
  private String reason = "";

  private final FileContext file;
  private final ReaderSettings settings;

  private OtlpRows(FileContext file, ReaderSettings settings, boolean received, Related related) {
    this.file = file;
    this.settings = settings;
    rows = new TelemetryRows(file, settings, received, related);
    claude = new ClaudeTelemetry(rows);
    claudeSpans = new ClaudeSpans(rows, claude);
    codex = new CodexTelemetry(rows);
    gemini = new GeminiTelemetry(rows);
    genAi = new GenAiRows(rows);
    other = new OtherRows(rows);
  }

  /** Rows of a file, for the store. */
  public static OtlpRows ofFile(FileContext file, ReaderSettings settings) {
    return new OtlpRows(file, settings, false, new Related());
  }

  /** Rows of what was received, for a journal: their first detail says so. */
  public static OtlpRows received(ReaderSettings settings) {
    return new OtlpRows(new FileContext("otlp", "", 0), settings, true, new Related());
  }

  /** Rows of what was received, for another thread: both know what either has seen. */
  public OtlpRows another() {
    return new OtlpRows(file, settings, true, rows.related);
  }

  /**
   * Rows go into this batch from now on, and counting begins anew.
   *
   * @param nowMicros when the records came; a time far behind that is not believed
   * @param offset where they stand in their file
   * @param length 0 when they stand nowhere
   */
  public OtlpRows into(EventBatch batch, long nowMicros, long offset, int length) {
    rows.into(batch, nowMicros, offset, length);
    records = 0;
    refused = 0;
    reason = "";
    return this;
  }

  @Override
  public void take(OtlpRecord record) {
    records++;
    switch (record) {
      case Span span -> span(span);
      case Log log -> log(log);
      case Point point -> other.point(point);
    }
  }

  @Override
  public void refuse(long count, String why) {
    refused += count;
    reason = reason.isEmpty() ? why : reason;
  }

  private void span(Span span) {
    if (ClaudeTelemetry.isFrom(span.source())) {
      claudeSpans.span(span);
      return;
    }
    Operation operation = GenAi.operation(span.attributes());
    if (operation != Operation.NONE) {
      genAi.span(span, operation);
    } else if (!CodexTelemetry.isFrom(span.source())) {
      other.span(span);
    }
  }

  private void log(Log log) {
    String name = event(log);
    String geminiEvent = GeminiTelemetry.eventOf(name);
    if (ClaudeTelemetry.isFrom(log.source()) || name.startsWith("claude_code.")) {
      int dot = name.startsWith("claude_code.") ? "claude_code.".length() : 0;
      claude.log(log, name.substring(dot));
    } else if (CodexTelemetry.isEvent(name)) {
      codex.log(log, name);
    } else if (geminiEvent != null) {
      gemini.log(log, geminiEvent, name);
    } else if (name.equals("gen_ai.client.inference.operation.details")) {
      genAi.details(log);
    } else if (!CodexTelemetry.isFrom(log.source()) || !name.isEmpty()) {
      other.log(log, name);
    }
  }

  /** The name of an event: where newer, older and oldest senders put it. */
  private static String event(Log log) {
    if (!log.event().isEmpty()) {
      return log.event();
    }
    String named = log.attributes().text("event.name");
    if (named != null) {
      return named;
    }
    return log.body() instanceof String body
            && body.length() < 80
            && body.startsWith("claude_code.")
        ? body
        : "";
  }

  /** How many records were understood since {@link #into}. */
  public long records() {
    return records;
  }

  /** How many were refused since then. */
  public long refused() {
    return refused;
  }

  /** Why the first of them was; empty when none was. */
  public String reason() {
    return reason;
  }

  /** The ids of the sessions met so far. */
  public Set<String> sessions() {
    return rows.sessions();
  }
}
