package dev.flightlog.analysis.ask;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.patterns.facts.Fact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one call asks about: a store, which of its events, and when that is. Times are microseconds
 * since 1970.
 *
 * @param digest what was learnt of its sessions; refreshed by whoever asks it
 * @param filter story, agent and time of the call
 * @param since the beginning the call names
 * @param events how many there are
 * @param sessions in how many sessions
 * @param first the time of the first, 0 when there is none
 * @param last the time of the last, 0 when there is none
 */
public record Scope(
    EventStore store,
    Digest digest,
    QuestionCall call,
    Filter filter,
    @Nullable Long since,
    long now,
    long events,
    long sessions,
    long first,
    long last) {

  /** The story of events without one. */
  public static final String DEFAULT_STORY = "default";

  public static final Attribute TOOL = Attribute.detail("tool");
  public static final Attribute MODEL = Attribute.detail("model");
  public static final Attribute ERROR_TYPE = Attribute.detail("error_type");
  public static final Attribute COST = Attribute.detail("cost_usd");
  public static final Attribute DURATION = Attribute.of(Field.DURATION_MS);
  public static final Attribute TOKENS = Attribute.of(Field.TOKENS_USED);
  public static final Attribute SESSION = Attribute.of(Field.SESSION_ID);

  public static final Filter TOOL_CALLS = Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL);
  public static final Filter MODEL_CALLS = Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL);

  /** Calls that a person refused: not the tool's error. */
  public static final Filter REJECTED =
      Filter.and(
          TOOL_CALLS, Filter.is(Field.SUCCESS, false), Filter.is(ERROR_TYPE, EventTypes.REJECTED));

  /** Calls that failed, those a person refused left out. */
  public static final Filter FAILED_TOOL_CALLS =
      Filter.and(
          TOOL_CALLS,
          Filter.is(Field.SUCCESS, false),
          Filter.not(Filter.is(ERROR_TYPE, EventTypes.REJECTED)));

  /** Calls whose result is known: the opportunities of a tool to fail. */
  public static final Filter RESULTS =
      Filter.and(TOOL_CALLS, Filter.not(Filter.absent(Attribute.of(Field.SUCCESS))));

  /**
   * Types of events whose time holds the time of others that are recorded too, or no work at all:
   * to add it up would count hours twice.
   */
  public static final Set<String> CONTAINERS =
      Set.of(
          EventTypes.AGENT_FINISHED,
          EventTypes.TASK_OUTCOME,
          EventTypes.RECORDER_GAP,
          "turn_duration");

  /** Events that are none of {@link #CONTAINERS}. */
  public static final Filter WORK =
      Filter.not(Filter.in(Attribute.of(Field.EVENT_TYPE), CONTAINERS));

  /** What {@code errors} counts. */
  public static final Filter ERRORS =
      Filter.or(
          FAILED_TOOL_CALLS,
          Filter.and(MODEL_CALLS, Filter.is(Field.SUCCESS, false)),
          Filter.is(Field.CATEGORY, Category.ERROR.wireName()));

  public static Scope of(
      EventStore store,
      Digest digest,
      QuestionCall call,
      Filter filter,
      @Nullable Long since,
      long now) {
    Row row =
        store
            .aggregate(
                Aggregate.of(
                    filter,
                    Measure.count(),
                    Measure.distinct(SESSION),
                    Measure.first(),
                    Measure.last()))
            .getFirst();
    return new Scope(
        store,
        digest,
        call,
        filter,
        since,
        now,
        row.whole(0),
        row.whole(1),
        row.whole(2),
        row.whole(3));
  }

  /** The events of a story; {@code default} also takes those of none. */
  public static Filter story(String story) {
    Filter named = Filter.is(Field.STORY_ID, story);
    return story.equals(DEFAULT_STORY)
        ? Filter.or(named, Filter.absent(Attribute.of(Field.STORY_ID)))
        : named;
  }

  /** The same events, asked another question without arguments. */
  public Scope asking(String question) {
    QuestionCall other =
        new QuestionCall(
            question, List.of(), call.story(), call.agent(), call.since(), call.maxTokens());
    return new Scope(store, digest, other, filter, since, now, events, sessions, first, last);
  }

  /** True when a fact of the digest belongs to the story, agent and period asked about. */
  public boolean takes(Fact fact) {
    String story = fact.story() == null ? DEFAULT_STORY : fact.story();
    return (since == null || fact.micros() >= since)
        && (call.agent() == null || call.agent().equals(fact.agent()))
        && (call.story() == null || call.story().equals(story));
  }

  /** Those of these facts that lie in the scope. */
  public <F extends Fact> List<F> taken(List<F> facts) {
    List<F> taken = new ArrayList<>();
    for (F fact : facts) {
      if (takes(fact)) {
        taken.add(fact);
      }
    }
    return taken;
  }

  /** Events of the scope that also match. */
  public Filter and(Filter more) {
    return Filter.and(filter, more);
  }

  /** Groups the events of the scope that match. */
  public List<Row> group(Filter more, List<Dimension> by, List<Measure> measures) {
    return store.aggregate(
        new Aggregate(and(more), by, measures, -1, Integer.MAX_VALUE, ReadRequest.PATIENCE));
  }

  /** Measures over the events of the scope that match. */
  public Row measure(Filter more, Measure... measures) {
    return group(more, List.of(), List.of(measures)).getFirst();
  }

  /** The period asked about and, short, whose events: {@code since 2026-01-31, story 1.2}. */
  public String window(Wording wording) {
    StringBuilder out = new StringBuilder();
    if (since == null) {
      out.append("all time");
    } else {
      out.append("since ").append(Wording.minute(since));
    }
    if (call.story() != null) {
      out.append(", story ").append(wording.name(call.story()));
    }
    if (call.agent() != null) {
      out.append(", agent ").append(wording.name(call.agent()));
    }
    return out.toString();
  }

  /** {@code , 56 sessions}; nothing when no event names its session. */
  public String inSessions() {
    return sessions == 0 ? "" : ", " + Units.count(sessions, "session");
  }

  /** When the newest event was, relative and exact. */
  public String newest() {
    return "newest " + Units.agoInWords(last, now) + " (" + Wording.day(last) + ")";
  }

  /** When the newest event was, short. */
  public String newestShort() {
    return "newest " + Wording.day(last);
  }
}
