package dev.flightlog.formats.rows;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
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
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Texts;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of occurrences, the same for the importer and the worker. Holds back what may still be
 * joined until {@link #flush}. Not thread-safe.
 */
public final class OccurrenceRows implements Occurrence.Sink {
  private static final int MOST_RESPONSES = 256;

  /** A text of at most as many characters is a name, which is kept where no content may be. */
  private static final int WORD = 64;

  private final Texts texts;
  private final RowBuilder rows;
  private final ToolCalls calls;
  private final ModelCalls responses;
  private final Sessions sessions;
  private EventBatch out = new EventBatch();

  /** Rows of this file. */
  public OccurrenceRows(FileContext file, ReaderSettings settings) {
    this(file, settings, MOST_RESPONSES);
  }

  /**
   * @param mostResponses how many responses are held back at most
   */
  public OccurrenceRows(FileContext file, ReaderSettings settings, int mostResponses) {
    texts = settings.texts();
    rows = new RowBuilder(file, texts);
    calls = new ToolCalls(rows, texts);
    responses = new ModelCalls(rows, settings.prices(), mostResponses);
    sessions = new Sessions(rows);
  }

  /** Rows go into this batch from now on. */
  public OccurrenceRows into(EventBatch batch) {
    out = batch;
    return this;
  }

  @Override
  public void take(Occurrence occurrence) {
    switch (occurrence) {
      case SessionMet met -> sessions.met(met);
      case ToolCalled call -> calls.called(call, out);
      case ToolReturned result -> calls.returned(result, out);
      case ModelAnswered answer -> responses.answered(answer, out);
      case Prompted prompt -> {
        String command = prompt.command();
        String type = command == null ? EventTypes.USER_PROMPT : "slash_command";
        rows.begin(
            out,
            Mode.MERGE,
            EventIds.ofKey(prompt.key()),
            type,
            Category.INTERACTION,
            prompt.origin());
        rows.detail("command", prompt.command()).content("text", prompt.text()).end(out);
      }
      case Said said -> {
        begin(said, said.key(), "agent_message");
        rows.content("text", said.text()).end(out);
      }
      case Thought thought -> {}
      case Notice notice -> {}
      case Interrupted interrupt -> {
        begin(interrupt, interrupt.key(), EventTypes.USER_INTERRUPT);
        rows.end(out);
      }
      case PersonAsked asked -> {
        begin(asked, asked.key(), EventTypes.HUMAN_CLARIFICATION_NEEDED);
        rows.detail("reason", asked.reason()).detail("tool", asked.tool());
        rows.content("text", asked.text()).end(out);
      }
      case PersonAnswered answered -> {
        Origin at = answered.origin();
        String type = EventTypes.HUMAN_CLARIFICATION_NEEDED;
        rows.begin(out, Mode.COMPLETE, answered.key(), type, at);
        rows.detail("answer", answered.answer());
        if (at.timed()) {
          rows.detail(Merge.RESULT_AT, Timestamps.text(at.time()));
        }
        rows.end(out);
      }
      case PersonRefused refused -> {
        begin(refused, refused.key(), EventTypes.TOOL_REJECTED);
        rows.detail("tool", refused.tool()).end(out);
      }
      case ErrorMet met -> {
        begin(met, met.key(), EventTypes.ERROR);
        rows.error(met.error());
        number("retry_attempt", met.attempt());
        rows.end(out);
      }
      case Compacted compacted -> {
        begin(compacted, compacted.key(), EventTypes.CONTEXT_COMPACTED);
        rows.detail("trigger", compacted.trigger());
        number("pre_tokens", compacted.tokensBefore());
        rows.end(out);
      }
      case TurnEnded turn -> {
        rows.begin(
            out,
            Mode.MERGE,
            EventIds.ofKey(turn.key()),
            "turn_duration",
            Category.PERFORMANCE,
            turn.origin());
        out.integer(Field.DURATION_MS, turn.durationMs());
        rows.end(out);
      }
      case AgentStarted started -> {
        begin(started, started.key(), EventTypes.AGENT_STARTED);
        rows.detail("description", started.description()).end(out);
      }
      case AgentEnded ended -> ended(ended);
      case HandedOver handed -> {
        begin(handed, handed.key(), EventTypes.AGENT_TRANSITION);
        rows.detail("from_agent", handed.from()).detail("to_agent", handed.to());
        rows.detail("state_size", handed.size()).end(out);
      }
      case TaskEnded ended -> {
        begin(ended, ended.key(), EventTypes.TASK_OUTCOME);
        out.flag(Field.SUCCESS, ended.success());
        rows.end(out);
      }
      case Noted noted -> noted(noted);
      case QuotaTold quota -> {
        rows.begin(
            out,
            Mode.MERGE,
            EventIds.ofKey(quota.key()),
            "rate_limits",
            Category.PERFORMANCE,
            quota.origin());
        all(quota.details());
        rows.end(out);
      }
    }
  }

  private void noted(Noted noted) {
    rows.begin(
        out,
        Mode.MERGE,
        EventIds.ofKey(noted.key()),
        EventTypes.wellFormed(noted.type()),
        noted.category(),
        noted.origin());
    if (noted.durationMs() >= 0) {
      out.integer(Field.DURATION_MS, noted.durationMs());
    }
    Boolean success = noted.success();
    if (success != null) {
      out.flag(Field.SUCCESS, success);
    }
    noted
        .details()
        .forEach((key, value) -> {
          if (value instanceof Number || value instanceof Boolean) {
            rows.details().key(key).value(value);
          } else if (value instanceof String text && text.length() <= WORD) {
            rows.detail(key, texts.name(text));
          } else if (value != null) {
            rows.content(key, Content.value(value));
          }
        });
    rows.end(out);
  }

  private void ended(AgentEnded ended) {
    begin(ended, ended.key(), EventTypes.AGENT_FINISHED);
    Boolean success = ended.success();
    if (success != null) {
      out.flag(Field.SUCCESS, success);
    }
    if (ended.durationMs() >= 0) {
      out.integer(Field.DURATION_MS, ended.durationMs());
    }
    all(ended.details());
    rows.error(ended.error());
    rows.content("result", ended.answer());
    rows.end(out);
  }

  private void all(Map<String, @Nullable Object> details) {
    details.forEach((key, value) -> {
      if (value != null) {
        rows.details().key(key).value(value);
      }
    });
  }

  private void number(String key, @Nullable Long value) {
    if (value != null) {
      rows.detail(key, value.longValue());
    }
  }

  private void begin(Occurrence occurrence, String key, String type) {
    rows.begin(out, Mode.MERGE, key, type, occurrence.origin());
  }

  /** Adds everything that was held back. */
  public void flush() {
    calls.flush(out);
    responses.flush(out);
    sessions.flush(out);
  }

  /** Writes the members of a state from which {@link #restore} goes on. */
  public void save(JsonWriter state) {
    calls.save(state);
  }

  /** Goes on from a saved state. */
  public void restore(Map<String, @Nullable Object> state) {
    calls.restore(state);
  }

  /** The ids of the sessions met so far. */
  public Set<String> sessions() {
    return sessions.ids();
  }
}
