package dev.flightlog.analysis.arguments;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What narrows any question, and how much of the answer is wanted. Options of the command line,
 * parameters of HTTP and schemas of tools are made from {@link #ARGUMENTS}; see also {@link
 * EventFilter}. Immutable.
 *
 * @param project only events of this project
 * @param story only events of this story; {@code default} also takes those of none
 * @param agent only events of this agent
 * @param machine only what came from this machine, in a store that machines share
 * @param person only what this person did, in such a store
 * @param since only events from then on, in a form that {@link Since} reads
 * @param until only events before then
 * @param timezone where days begin and end; null for where the reader is
 * @param maxTokens another budget than the question's own
 * @param limit at most so many rows
 */
public record Narrowing(
    @Nullable String project,
    @Nullable String story,
    @Nullable String agent,
    @Nullable String machine,
    @Nullable String person,
    @Nullable String since,
    @Nullable String until,
    @Nullable String timezone,
    @Nullable Integer maxTokens,
    @Nullable Integer limit) {

  /** Everything, as a question answers by itself. */
  public static final Narrowing NONE =
      new Narrowing(null, null, null, null, null, null, null, null, null, null);

  /** The story of events without one. */
  public static final String DEFAULT_STORY = "default";

  private static final NamedArgument PROJECT =
      NamedArgument.text("project", "PROJECT", "only of this project");
  private static final NamedArgument STORY =
      NamedArgument.text("story", "STORY", "only of this story: a branch or ticket");
  private static final NamedArgument AGENT =
      NamedArgument.text("agent", "AGENT", "only of this agent");
  private static final NamedArgument MACHINE =
      NamedArgument.text("machine", "NAME", "only from this machine of a shared store");
  private static final NamedArgument PERSON =
      NamedArgument.text("person", "NAME", "only of this person of a shared store");
  private static final NamedArgument SINCE =
      NamedArgument.text("since", "WHEN", "from then on: 36h, 7d, 4w, a date, or RFC 3339");
  private static final NamedArgument UNTIL =
      NamedArgument.text("until", "WHEN", "before then, in the same forms");
  private static final NamedArgument TIMEZONE =
      NamedArgument.text("timezone", "ZONE", "where days begin: Europe/Berlin, UTC");
  private static final NamedArgument MAX_TOKENS =
      NamedArgument.whole("max_tokens", "budget of the answer");
  private static final NamedArgument LIMIT = NamedArgument.whole("limit", "at most so many rows");

  /** Those that choose events. */
  public static final List<NamedArgument> CHOOSING =
      List.of(PROJECT, STORY, AGENT, MACHINE, PERSON, SINCE, UNTIL, TIMEZONE);

  /** All of them. */
  public static final List<NamedArgument> ARGUMENTS =
      List.of(PROJECT, STORY, AGENT, MACHINE, PERSON, SINCE, UNTIL, TIMEZONE, MAX_TOKENS, LIMIT);

  /**
   * Reads the arguments by their names.
   *
   * @param reader in whose words a mistake is told
   * @throws QuestionException when a number is none
   */
  public static Narrowing of(NamedArgument.Values values, Reader reader) {
    return new Narrowing(
        PROJECT.textOf(values),
        STORY.textOf(values),
        AGENT.textOf(values),
        MACHINE.textOf(values),
        PERSON.textOf(values),
        SINCE.textOf(values),
        UNTIL.textOf(values),
        TIMEZONE.textOf(values),
        MAX_TOKENS.wholeOf(values, reader),
        LIMIT.wholeOf(values, reader));
  }

  /** The zone that was named, else that of the reader. */
  public Dates dates(Dates reader) {
    return timezone == null ? reader : Dates.in(timezone);
  }

  /**
   * The beginning that is named, in microseconds since 1970; null when there is none.
   *
   * @throws QuestionException when it is no time
   */
  public @Nullable Long sinceMicros(Dates dates, long now, Reader reader) {
    return time(since, SINCE, dates, now, reader);
  }

  /** As {@link #sinceMicros} for the end. */
  public @Nullable Long untilMicros(Dates dates, long now, Reader reader) {
    return time(until, UNTIL, dates, now, reader);
  }

  private static @Nullable Long time(
      @Nullable String text, NamedArgument argument, Dates dates, long now, Reader reader) {
    return text == null
        ? null
        : (Long) Since.parse(text, reader.option(argument.name()).strip(), now, dates.zone());
  }

  /**
   * The filter that it means.
   *
   * @param dates where days begin
   * @param now in microseconds since 1970
   * @throws QuestionException when a time is none
   */
  public Filter filter(Dates dates, long now, Reader reader) {
    List<Filter> parts = new ArrayList<>();
    parts.add(sessions());
    if (story != null) {
      parts.add(ofStory(story));
    }
    if (agent != null) {
      parts.add(Filter.is(Field.AGENT_NAME, agent));
    }
    Long from = sinceMicros(dates, now, reader);
    if (from != null) {
      parts.add(Filter.since(from));
    }
    Long end = untilMicros(dates, now, reader);
    if (end != null) {
      parts.add(Filter.until(end));
    }
    return Filter.and(parts);
  }

  /**
   * Which sessions it means, as far as it says that of whole sessions: by project, machine and
   * person. Everything when it says nothing.
   */
  public Filter sessions() {
    List<Filter> parts = new ArrayList<>();
    if (project != null) {
      parts.add(Filter.is(Field.PROJECT, project));
    }
    if (machine != null) {
      parts.add(Filter.is(Attribute.MACHINE, machine));
    }
    if (person != null) {
      parts.add(Filter.is(Attribute.PERSON, person));
    }
    return Filter.and(parts);
  }

  /** The events of a story; {@code default} also takes those of none. */
  public static Filter ofStory(String story) {
    Filter named = Filter.is(Field.STORY_ID, story);
    return story.equals(DEFAULT_STORY)
        ? Filter.or(named, Filter.absent(Attribute.of(Field.STORY_ID)))
        : named;
  }

  /** True when it takes less than everything. */
  public boolean narrows() {
    return project != null
        || story != null
        || agent != null
        || machine != null
        || person != null
        || since != null
        || until != null;
  }

  /** Names and values in turn, as {@link Reader#ask} takes them; without budget and limit. */
  public List<String> named() {
    List<String> all = new ArrayList<>();
    add(all, "project", project);
    add(all, "story", story);
    add(all, "agent", agent);
    add(all, "machine", machine);
    add(all, "person", person);
    add(all, "since", since);
    add(all, "until", until);
    add(all, "timezone", timezone);
    return all;
  }

  private static void add(List<String> all, String name, @Nullable String value) {
    if (value != null) {
      all.add(name);
      all.add(value);
    }
  }

  public Narrowing story(@Nullable String only) {
    return new Narrowing(
        project, only, agent, machine, person, since, until, timezone, maxTokens, limit);
  }

  public Narrowing project(@Nullable String only) {
    return new Narrowing(
        only, story, agent, machine, person, since, until, timezone, maxTokens, limit);
  }

  public Narrowing agent(@Nullable String only) {
    return new Narrowing(
        project, story, only, machine, person, since, until, timezone, maxTokens, limit);
  }

  public Narrowing machine(@Nullable String only) {
    return new Narrowing(
        project, story, agent, only, person, since, until, timezone, maxTokens, limit);
  }

  public Narrowing person(@Nullable String only) {
    return new Narrowing(
        project, story, agent, machine, only, since, until, timezone, maxTokens, limit);
  }

  public Narrowing since(@Nullable String from) {
    return new Narrowing(
        project, story, agent, machine, person, from, until, timezone, maxTokens, limit);
  }

  public Narrowing until(@Nullable String end) {
    return new Narrowing(
        project, story, agent, machine, person, since, end, timezone, maxTokens, limit);
  }

  public Narrowing timezone(@Nullable String zone) {
    return new Narrowing(
        project, story, agent, machine, person, since, until, zone, maxTokens, limit);
  }

  public Narrowing maxTokens(@Nullable Integer budget) {
    return new Narrowing(
        project, story, agent, machine, person, since, until, timezone, budget, limit);
  }

  public Narrowing limit(@Nullable Integer rows) {
    return new Narrowing(
        project, story, agent, machine, person, since, until, timezone, maxTokens, rows);
  }
}
