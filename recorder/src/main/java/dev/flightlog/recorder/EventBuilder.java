package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event that is being described, until {@link #log()}. What is null, and a number that is not
 * one, is left out; a number outside its range is kept in the details.
 *
 * <p>For one event on one thread: any call after {@code log}, or from another thread, has no effect
 * and is counted in {@link RecorderStats#misused}. No call throws.
 */
public final class EventBuilder {
  private final FlightRecorder recorder;
  private final Encoder encoder;
  private final long generation;

  EventBuilder(FlightRecorder recorder, Encoder encoder, long generation) {
    this.recorder = recorder;
    this.encoder = encoder;
    this.generation = generation;
  }

  private boolean usable() {
    boolean usable = encoder.isUsable(generation);
    if (!usable) {
      recorder.countMisuse();
    }
    return usable;
  }

  private EventBuilder text(Field field, @Nullable String value) {
    if (usable()) {
      encoder.text(field, value);
    }
    return this;
  }

  private EventBuilder number(Field field, long value) {
    if (usable()) {
      encoder.number(field, value);
    }
    return this;
  }

  private EventBuilder real(Field field, double value, double least, double most) {
    if (usable()) {
      encoder.real(field, value, least, most);
    }
    return this;
  }

  public EventBuilder session(@Nullable String id) {
    return text(Field.SESSION_ID, id);
  }

  /** The story, and with it the journal. */
  public EventBuilder story(@Nullable String name) {
    return text(Field.STORY_ID, name);
  }

  public EventBuilder workflow(@Nullable String id) {
    return text(Field.WORKFLOW_ID, id);
  }

  public EventBuilder agent(@Nullable String name) {
    return text(Field.AGENT_NAME, name);
  }

  public EventBuilder taskId(@Nullable String id) {
    return text(Field.TASK_ID, id);
  }

  public EventBuilder runId(@Nullable String id) {
    return text(Field.RUN_ID, id);
  }

  public EventBuilder step(long number) {
    return number(Field.STEP, number);
  }

  public EventBuilder component(@Nullable String name) {
    return text(Field.COMPONENT, name);
  }

  public EventBuilder duration(java.time.@Nullable Duration duration) {
    return duration == null ? this : durationMs(millis(duration));
  }

  public EventBuilder durationMs(long millis) {
    return number(Field.DURATION_MS, millis);
  }

  /** The time since this value of {@link System#nanoTime()}. */
  public EventBuilder durationSince(long nanoTime) {
    return durationMs(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime));
  }

  private static long millis(java.time.Duration duration) {
    try {
      return duration.toMillis();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** All tokens: input, output, cache read and cache write. */
  public EventBuilder tokens(long used) {
    return number(Field.TOKENS_USED, used);
  }

  /** The share of the context window in use, 0 to 100. */
  public EventBuilder contextPercent(double percent) {
    return real(Field.CONTEXT_PERCENT, percent, 0, 100);
  }

  public EventBuilder success(boolean succeeded) {
    return number(Field.SUCCESS, succeeded ? 1 : 0);
  }

  /** 0 to 1. */
  public EventBuilder confidence(double score) {
    return real(Field.CONFIDENCE_SCORE, score, 0, 1);
  }

  /** 0 to 1. */
  public EventBuilder impact(double score) {
    return real(Field.IMPACT_SCORE, score, 0, 1);
  }

  /** Time that was saved, or wasted when negative. */
  public EventBuilder timeSaved(java.time.@Nullable Duration saved) {
    return saved == null ? this : number(Field.TIME_SAVED_OR_WASTED_MS, millis(saved));
  }

  /** -1 to 1. */
  public EventBuilder userSatisfactionDelta(double delta) {
    return real(Field.USER_SATISFACTION_DELTA, delta, -1, 1);
  }

  public EventBuilder createdRule(boolean created) {
    return number(Field.CREATED_RULE, created ? 1 : 0);
  }

  public EventBuilder patternDetected(boolean detected) {
    return number(Field.PATTERN_DETECTED, detected ? 1 : 0);
  }

  public EventBuilder needsReview(boolean needed) {
    return number(Field.NEEDS_REVIEW, needed ? 1 : 0);
  }

  /** When it happened, if not now; the journal is that of this day in UTC. */
  public EventBuilder at(@Nullable Instant time) {
    if (time != null && usable()) {
      try {
        encoder.at(Timestamps.of(time));
      } catch (ArithmeticException e) {
        encoder.details.value("timestamp", time, encoder.limit());
      }
    }
    return this;
  }

  /**
   * An id of your own, so that the same event recorded twice is one: 26 characters of Crockford
   * base 32, or any key, from which such an id is made.
   */
  public EventBuilder id(@Nullable String id) {
    if (id != null && usable()) {
      encoder.id(id);
    }
    return this;
  }

  /** Who asked for a task. */
  public EventBuilder user(@Nullable String id) {
    return detail("user_id", id);
  }

  /** Where it was asked for. */
  public EventBuilder channel(@Nullable String id) {
    return detail("channel_id", id);
  }

  /** The conversation in which it was asked for. */
  public EventBuilder thread(@Nullable String timestamp) {
    return detail("thread_ts", timestamp);
  }

  /** Of an evaluation: whether this agent got the task. */
  public EventBuilder assigned(boolean chosen) {
    return detail("assigned", chosen);
  }

  /** Why a task failed, in words; does not itself mark it as failed. */
  public EventBuilder errorMessage(@Nullable String message) {
    return detail("error_message", message);
  }

  public EventBuilder tool(@Nullable String name) {
    if (name != null && usable()) {
      encoder.tool(name);
    }
    return this;
  }

  public EventBuilder model(@Nullable String id) {
    return detail("model", id);
  }

  /** What a tool or model was given: text, or an object of maps and lists. */
  public EventBuilder input(@Nullable Object input) {
    return detail("input", input);
  }

  /** What a tool or model gave back. */
  public EventBuilder output(@Nullable Object output) {
    return detail("output", output);
  }

  /** Input tokens that did not come from a cache. */
  public EventBuilder inputTokens(long tokens) {
    return tokenPart("input_tokens", tokens);
  }

  public EventBuilder outputTokens(long tokens) {
    return tokenPart("output_tokens", tokens);
  }

  public EventBuilder cacheReadTokens(long tokens) {
    return tokenPart("cache_read_tokens", tokens);
  }

  public EventBuilder cacheWriteTokens(long tokens) {
    return tokenPart("cache_write_tokens", tokens);
  }

  private EventBuilder tokenPart(String key, long tokens) {
    if (usable()) {
      encoder.details.number(key, tokens);
      encoder.addTokens(tokens);
    }
    return this;
  }

  public EventBuilder costUsd(double cost) {
    return detail("cost_usd", cost);
  }

  /** Marks it as failed, with the error's type and message. */
  public EventBuilder failed(@Nullable Throwable error) {
    if (usable()) {
      encoder.number(Field.SUCCESS, 0);
      if (error != null) {
        encoder.details.text("error_type", error.getClass().getName(), encoder.limit());
        encoder.details.text("message", StackText.message(error), encoder.limit());
      }
    }
    return this;
  }

  /** Marks it as failed, with this type and message. */
  public EventBuilder failed(@Nullable String errorType, @Nullable String message) {
    return success(false).detail("error_type", errorType).detail("message", message);
  }

  public EventBuilder detail(@Nullable String key, @Nullable String text) {
    if (text != null && usable()) {
      encoder.details.text(key, text, encoder.limit());
    }
    return this;
  }

  public EventBuilder detail(@Nullable String key, long number) {
    if (usable()) {
      encoder.details.number(key, number);
    }
    return this;
  }

  public EventBuilder detail(@Nullable String key, double number) {
    if (usable() && !Double.isNaN(number) && !Double.isInfinite(number)) {
      encoder.details.number(key, number);
    }
    return this;
  }

  public EventBuilder detail(@Nullable String key, boolean flag) {
    if (usable()) {
      encoder.details.flag(key, flag);
    }
    return this;
  }

  /**
   * Any value: text, numbers, booleans, maps, iterables, arrays; of another object its {@code
   * toString()}. It is encoded now, at most 32 levels deep.
   */
  public EventBuilder detail(@Nullable String key, @Nullable Object value) {
    if (value != null && usable()) {
      encoder.details.value(key, value, encoder.limit());
    }
    return this;
  }

  /** Each entry as {@link #detail(String, Object)}. */
  public EventBuilder details(
      @Nullable Map<? extends @Nullable Object, ? extends @Nullable Object> details) {
    if (details != null && usable()) {
      encoder.details.values(details, encoder.limit());
    }
    return this;
  }

  /**
   * Details that were encoded and redacted already, for who writes the same text elsewhere, too;
   * they take the place of all others. They are read when the event is logged, and not looked at.
   *
   * @param json one object of JSON as a {@link JsonWriter} writes it, redacted with the key of this
   *     recorder's home
   */
  public EventBuilder encodedDetails(byte[] json, int from, int to) {
    if (usable()) {
      encoder.details(json, from, to);
    }
    return this;
  }

  /**
   * Any field by its definition: String for text, Long or Integer for numbers, Double, Boolean,
   * {@link Instant} for the timestamp. A value of another type goes to the details.
   */
  public EventBuilder set(@Nullable Field field, @Nullable Object value) {
    return field == null ? this : FieldSetter.set(this, field, value);
  }

  EventBuilder recent() {
    String[] before = encoder.recent().before(recorder.now());
    return before.length == 0 ? this : detail("recent", (Object) before);
  }

  /** Logs a line that is encoded already instead of what was described here. */
  Durability log(Encoder.Line line, String story, long micros) {
    return usable()
        ? recorder.log(encoder, recorder.config().durability(), line, story, micros)
        : Durability.DROPPED;
  }

  /** Logs the event with the recorder's durability. */
  public Durability log() {
    return log(recorder.config().durability());
  }

  /**
   * Logs the event and ends this builder.
   *
   * @return what was reached, which is less than what was wanted when the disk does not answer
   *     within the recorder's bounds
   */
  public Durability log(@Nullable Durability wanted) {
    return usable()
        ? recorder.log(encoder, wanted == null ? recorder.config().durability() : wanted)
        : Durability.DROPPED;
  }
}
