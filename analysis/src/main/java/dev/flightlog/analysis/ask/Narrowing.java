package dev.flightlog.analysis.ask;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What narrows any question, and how much of the answer is wanted. Options of the command line,
 * parameters of HTTP and schemas of tools are made from {@link #ARGUMENTS}. Immutable.
 *
 * @param project only events of this project
 * @param story only events of this story; {@code default} also takes those of none
 * @param agent only events of this agent
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
    @Nullable String since,
    @Nullable String until,
    @Nullable String timezone,
    @Nullable Integer maxTokens,
    @Nullable Integer limit) {

  /** The largest budget and the largest number of rows that may be asked for. */
  public static final int MOST = 1_000_000;

  /** Everything, as a question answers by itself. */
  public static final Narrowing NONE =
      new Narrowing(null, null, null, null, null, null, null, null);

  /**
   * One of its arguments, by name.
   *
   * @param name as in calls by name: {@code max_tokens}
   * @param label what stands for its value: {@code N}
   * @param whole true for a whole number from 1 to {@link #MOST}, else a text
   * @param meaning half a sentence
   */
  public record Argument(String name, String label, boolean whole, String meaning) {
    /** As an option of the command line. */
    public String option() {
      return "--" + name.replace('_', '-');
    }
  }

  /** All of them. */
  public static final List<Argument> ARGUMENTS =
      List.of(
          new Argument("project", "PROJECT", false, "only of this project"),
          new Argument("story", "STORY", false, "only of this story: a branch or ticket"),
          new Argument("agent", "AGENT", false, "only of this agent"),
          new Argument("since", "WHEN", false, "from then on: 36h, 7d, 4w, a date, or RFC 3339"),
          new Argument("until", "WHEN", false, "before then, in the same forms"),
          new Argument("timezone", "ZONE", false, "where days begin: Europe/Berlin, UTC"),
          new Argument("max_tokens", "N", true, "budget of the answer"),
          new Argument("limit", "N", true, "at most so many rows"));

  /**
   * Reads the arguments by their names.
   *
   * @param value the text given for one; null or blank when there is none
   * @param reader in whose words a mistake is told
   * @throws QuestionException when a number is none
   */
  public static Narrowing of(Function<Argument, @Nullable String> value, Reader reader) {
    return new Narrowing(
        text(value.apply(named("project"))),
        text(value.apply(named("story"))),
        text(value.apply(named("agent"))),
        text(value.apply(named("since"))),
        text(value.apply(named("until"))),
        text(value.apply(named("timezone"))),
        number("max_tokens", value, reader),
        number("limit", value, reader));
  }

  private static Argument named(String name) {
    for (Argument argument : ARGUMENTS) {
      if (argument.name().equals(name)) {
        return argument;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static @Nullable String text(@Nullable String given) {
    return given == null || given.isBlank() ? null : given;
  }

  private static @Nullable Integer number(
      String name, Function<Argument, @Nullable String> value, Reader reader) {
    String given = text(value.apply(named(name)));
    if (given == null) {
      return null;
    }
    try {
      long number = new java.math.BigDecimal(given.strip()).longValueExact();
      if (number >= 1 && number <= MOST) {
        return (int) number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below.
    }
    throw new QuestionException(
        reader.option(name).strip()
            + " is a whole number from 1 to "
            + MOST
            + ", not '"
            + dev.flightlog.wording.SafeText.shortened(given, 40)
            + "'");
  }

  /** True when it takes less than everything. */
  public boolean narrows() {
    return project != null || story != null || agent != null || since != null || until != null;
  }

  /** Names and values in turn, as {@link Reader#ask} takes them; without budget and limit. */
  List<String> named() {
    List<String> all = new java.util.ArrayList<>();
    add(all, "project", project);
    add(all, "story", story);
    add(all, "agent", agent);
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
    return new Narrowing(project, only, agent, since, until, timezone, maxTokens, limit);
  }

  public Narrowing project(@Nullable String only) {
    return new Narrowing(only, story, agent, since, until, timezone, maxTokens, limit);
  }

  public Narrowing agent(@Nullable String only) {
    return new Narrowing(project, story, only, since, until, timezone, maxTokens, limit);
  }

  public Narrowing since(@Nullable String from) {
    return new Narrowing(project, story, agent, from, until, timezone, maxTokens, limit);
  }

  public Narrowing until(@Nullable String end) {
    return new Narrowing(project, story, agent, since, end, timezone, maxTokens, limit);
  }

  public Narrowing timezone(@Nullable String zone) {
    return new Narrowing(project, story, agent, since, until, zone, maxTokens, limit);
  }

  public Narrowing maxTokens(@Nullable Integer budget) {
    return new Narrowing(project, story, agent, since, until, timezone, budget, limit);
  }

  public Narrowing limit(@Nullable Integer rows) {
    return new Narrowing(project, story, agent, since, until, timezone, maxTokens, rows);
  }
}
