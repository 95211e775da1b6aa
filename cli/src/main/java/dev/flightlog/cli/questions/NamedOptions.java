package dev.flightlog.cli.questions;

import dev.flightlog.analysis.arguments.Dates;
import dev.flightlog.analysis.arguments.EventFilter;
import dev.flightlog.analysis.arguments.NamedArgument;
import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Filter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of questions and of event filters as options of the command line. Stateless. */
public final class NamedOptions {
  /** What narrows any question, and its budget. */
  public static final List<Option> NARROWING = of(Narrowing.ARGUMENTS);

  /** What chooses events. */
  public static final List<Option> EVENTS = of(EventFilter.ALL);

  private NamedOptions() {}

  /** The same as options. */
  public static List<Option> of(List<NamedArgument> arguments) {
    return arguments.stream().map(NamedOptions::option).toList();
  }

  private static Option option(NamedArgument argument) {
    return switch (argument.kind()) {
      case FLAG -> Option.flag(argument.option(), argument.meaning());
      case TEXT, CHOICE -> Option.text(argument.option(), argument.label(), argument.meaning());
      case WHOLE -> Option.number(argument.option(), argument.label(), argument.meaning());
    };
  }

  /** Where a call gives their values. */
  public static NamedArgument.Values values(Invocation call) {
    return argument -> {
      String option = argument.option();
      return argument.kind() == NamedArgument.Kind.FLAG
          ? Boolean.toString(call.flag(option))
          : call.option(option);
    };
  }

  /** The filter that the options {@link #EVENTS} of this call mean. */
  public static Filter filter(Invocation call) {
    try {
      return EventFilter.filter(values(call), call.console().reader(), zone(call), now(call));
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** When the period begins that the options name, in microseconds since 1970; null for none. */
  public static @Nullable Long since(Invocation call) {
    try {
      return narrowing(call).sinceMicros(dates(call), now(call), call.console().reader());
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** When the period ends that the options name; null for none. */
  public static @Nullable Long until(Invocation call) {
    try {
      return narrowing(call).untilMicros(dates(call), now(call), call.console().reader());
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** Where days begin for this call. */
  public static Dates dates(Invocation call) {
    try {
      return narrowing(call).dates(zone(call));
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static Narrowing narrowing(Invocation call) {
    return Narrowing.of(values(call), call.console().reader());
  }

  private static Dates zone(Invocation call) {
    return new Dates(call.settings().zone());
  }

  private static long now(Invocation call) {
    return Timestamps.of(call.console().clock().instant());
  }
}
