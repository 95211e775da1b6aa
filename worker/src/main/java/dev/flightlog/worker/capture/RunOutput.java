package dev.flightlog.worker.capture;

import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Occurrence.AgentEnded;
import dev.flightlog.formats.occurrence.Occurrence.AgentStarted;
import dev.flightlog.formats.occurrence.Occurrence.Compacted;
import dev.flightlog.formats.occurrence.Occurrence.ErrorMet;
import dev.flightlog.formats.occurrence.Occurrence.HandedOver;
import dev.flightlog.formats.occurrence.Occurrence.Interrupted;
import dev.flightlog.formats.occurrence.Occurrence.ModelAnswered;
import dev.flightlog.formats.occurrence.Occurrence.Noted;
import dev.flightlog.formats.occurrence.Occurrence.Notice;
import dev.flightlog.formats.occurrence.Occurrence.PersonAnswered;
import dev.flightlog.formats.occurrence.Occurrence.PersonAsked;
import dev.flightlog.formats.occurrence.Occurrence.PersonRefused;
import dev.flightlog.formats.occurrence.Occurrence.Prompted;
import dev.flightlog.formats.occurrence.Occurrence.QuotaTold;
import dev.flightlog.formats.occurrence.Occurrence.Said;
import dev.flightlog.formats.occurrence.Occurrence.SessionMet;
import dev.flightlog.formats.occurrence.Occurrence.TaskEnded;
import dev.flightlog.formats.occurrence.Occurrence.Thought;
import dev.flightlog.formats.occurrence.Occurrence.ToolCalled;
import dev.flightlog.formats.occurrence.Occurrence.ToolReturned;
import dev.flightlog.formats.occurrence.Occurrence.TurnEnded;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.OutputType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells, as lines of its task's output and in its report. Content comes as it was
 * printed and is redacted here. Not thread-safe.
 */
final class RunOutput implements Occurrence.Sink {
  /** Longer texts become several lines. */
  private static final int LONGEST_TEXT = 64 * 1024;

  /** Calls without a result that are remembered. */
  private static final int MOST_OPEN = 10_000;

  private final Redactor redactor;
  private final RedactionBuffer clean = new RedactionBuffer();
  private final OutputLog log;
  private final InstantSource clock;
  private final RunFacts facts;
  private final Map<String, String> open = new LinkedHashMap<>();
  private boolean told;

  RunOutput(Redactor redactor, OutputLog log, InstantSource clock, RunFacts facts) {
    this.redactor = redactor;
    this.log = log;
    this.clock = clock;
    this.facts = facts;
  }

  /** True when something was told since the last call. */
  boolean takeTold() {
    boolean was = told;
    told = false;
    return was;
  }

  @Override
  public void take(Occurrence occurrence) {
    told |= !(occurrence instanceof SessionMet);
    switch (occurrence) {
      case ToolCalled call -> called(call);
      case ToolReturned result -> returned(result);
      case ModelAnswered answer -> facts.answered(answer);
      case Said said -> {
        String text = text(said.text());
        facts.said(text);
        line(OutputType.OUTPUT, text);
      }
      case Thought thought -> line(OutputType.THINKING, text(thought.text()));
      case Prompted prompt -> line(OutputType.SYSTEM, text(prompt.text()));
      case ErrorMet met ->
          line(OutputType.ERROR, met.error().type() + ": " + met.error().message());
      case AgentEnded end -> ended(end);
      case SessionMet met -> {}
      case Interrupted interrupt -> line(OutputType.SYSTEM, "[interrupted]");
      case PersonAsked asked -> line(OutputType.SYSTEM, "[asked: " + asked.reason() + "]");
      case PersonRefused refused -> line(OutputType.SYSTEM, "[refused]");
      case Compacted compacted -> line(OutputType.SYSTEM, "[the context was compacted]");
      case TurnEnded turn -> line(OutputType.SYSTEM, "[turn: " + turn.durationMs() + " ms]");
      case AgentStarted started ->
          line(OutputType.SYSTEM, "[agent " + started.origin().of().agent() + " started]");
      case HandedOver handed ->
          line(OutputType.SYSTEM, "[" + handed.from() + " hands over to " + handed.to() + "]");
      case TaskEnded ended -> line(OutputType.SYSTEM, "[success: " + ended.success() + "]");
      case QuotaTold quota -> line(OutputType.SYSTEM, "[rate limits told]");
      case PersonAnswered answered -> line(OutputType.SYSTEM, "[answered]");
      case Noted noted -> line(OutputType.SYSTEM, "[" + noted.type() + "]");
      case Notice notice -> line(OutputType.SYSTEM, notice.text());
    }
  }

  private void called(ToolCalled call) {
    String id = call.id();
    String tool = call.tool() == null ? "" : call.tool();
    if (id != null && open.containsKey(id)) {
      return;
    }
    facts.called();
    line(OutputType.TOOL_CALL, text(call.input()), tool, id);
    if (id != null) {
      if (open.size() >= MOST_OPEN) {
        open.remove(open.keySet().iterator().next());
      }
      open.put(id, tool);
    }
  }

  private void returned(ToolReturned result) {
    String tool = open.remove(result.id());
    facts.returned(Boolean.FALSE.equals(result.outcome().success()));
    line(OutputType.TOOL_RESULT, text(result.output()), tool, result.id());
  }

  private void ended(AgentEnded end) {
    if (!end.key().startsWith("result:")) {
      return;
    }
    String answer = text(end.answer());
    facts.ended(end, answer);
    String how = Boolean.FALSE.equals(end.success()) ? "failed" : "success";
    line(
        OutputType.SYSTEM,
        "result: " + how + ", USD " + end.details().getOrDefault("total_cost_usd", null));
  }

  void line(OutputType type, String text) {
    line(type, text, null, null);
  }

  private void line(OutputType type, String text, @Nullable String tool, @Nullable String call) {
    Instant now = clock.instant();
    int from = 0;
    do {
      int to = Math.min(text.length(), from + LONGEST_TEXT);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      log.add(now, type, text.substring(from, to), tool, call);
      from = to;
    } while (from < text.length());
  }

  private String text(Content content) {
    if (content.isEmpty()) {
      return "";
    }
    return redactor.redact(content.bytes(), content.from(), content.to(), clean)
        ? new Content(clean.array(), 0, clean.length()).text()
        : content.text();
  }

  /** A line as it came, redacted. */
  String raw(byte[] bytes, int from, int to) {
    return redactor.redact(bytes, from, to, clean)
        ? new String(clean.array(), 0, clean.length(), StandardCharsets.UTF_8)
        : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
