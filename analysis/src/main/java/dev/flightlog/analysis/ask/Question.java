package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Argument;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.arguments.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question, defined once. Immutable.
 *
 * <p>Every question can be narrowed by story, agent and time, and given another budget; see {@link
 * QuestionCall}.
 */
public final class Question {
  private final String name;
  private final String title;
  private final String rule;
  private final List<Argument> arguments;
  private final int budget;
  private final Inquiry<?> inquiry;
  private final String usedFor;

  public Question(
      String name,
      String title,
      String rule,
      List<Argument> arguments,
      int budget,
      Inquiry<?> inquiry) {
    this(name, title, rule, arguments, budget, inquiry, "");
  }

  private Question(
      String name,
      String title,
      String rule,
      List<Argument> arguments,
      int budget,
      Inquiry<?> inquiry,
      String usedFor) {
    this.name = name;
    this.title = title;
    this.rule = rule;
    this.arguments = List.copyOf(arguments);
    this.budget = budget;
    this.inquiry = inquiry;
    this.usedFor = usedFor;
  }

  /** What is typed: lower case, one word. */
  public String name() {
    return name;
  }

  /** What it tells, in one line. */
  public String title() {
    return title;
  }

  /** The same with words by which a model finds that it is the one to ask. */
  public Question usedFor(String words) {
    return new Question(name, title, rule, arguments, budget, inquiry, words);
  }

  /** What it tells and what to use it for, for a model. */
  public String description() {
    return title + (usedFor.isEmpty() ? "." : ". Use for: " + usedFor + ".");
  }

  /** How it counts, in a few sentences: what an answer can be checked against. */
  public String rule() {
    return rule;
  }

  /** By position; the required ones first. */
  public List<Argument> arguments() {
    return arguments;
  }

  /**
   * The values of its arguments by position, for who gives them by name: one that is left out
   * before one that is given is blank.
   *
   * @param values null or blank when there is none for an argument
   */
  public List<String> positional(Function<Argument, @Nullable String> values) {
    List<String> given = new ArrayList<>();
    int size = 0;
    for (Argument argument : arguments) {
      String value = values.apply(argument);
      given.add(value == null ? "" : value);
      size = value == null || value.isBlank() ? size : given.size();
    }
    return List.copyOf(given.subList(0, size));
  }

  /** By name: what narrows any question, and for one that shows events what chooses these. */
  public List<NamedArgument> named() {
    List<NamedArgument> all = new ArrayList<>(Narrowing.ARGUMENTS);
    if (inquiry.showsEvents()) {
      all.addAll(EventFilter.ARGUMENTS);
    }
    return all;
  }

  /**
   * A call of it.
   *
   * @param positional its arguments by position
   * @param values those by name; asked only for {@link #named}
   * @throws QuestionException when a value is none of what it may be
   */
  public QuestionCall call(List<String> positional, NamedArgument.Values values, Reader reader) {
    return new QuestionCall(
        name,
        positional,
        Narrowing.of(values, reader),
        inquiry.showsEvents() ? EventFilter.of(values, reader) : EventFilter.NONE,
        reader);
  }

  /** The most tokens its answer takes unless the call says otherwise. */
  public int budget() {
    return budget;
  }

  /** The values of a row, in JSON and CSV. */
  public List<? extends Column<?>> columns() {
    return inquiry.columns();
  }

  /** How it is typed: {@code compare A B}; optional arguments in brackets. */
  public String usage() {
    StringBuilder out = new StringBuilder(name);
    for (Argument argument : arguments) {
      out.append(argument.required() ? " " : " [").append(argument.name());
      out.append(argument.required() ? "" : "]");
    }
    return out.toString();
  }

  /** A command that could be typed. */
  public String example() {
    StringBuilder out = new StringBuilder("flightlog ask ").append(name);
    for (Argument argument : arguments) {
      String value = argument.example();
      out.append(' ').append(value.contains(" ") ? "'" + value + "'" : value);
    }
    return out.toString();
  }

  /** True when its arguments are stories, so that it cannot be narrowed to another. */
  public boolean namesStories() {
    return inquiry.namesStories();
  }

  public Inquiry<?> inquiry() {
    return inquiry;
  }
}
