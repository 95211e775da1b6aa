package dev.flightlog.cli.questions;

import dev.flightlog.analysis.ask.QuestionException;
import dev.flightlog.analysis.ask.Since;
import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.Category;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options by which {@code search} and {@code tail} choose events, defined once. */
public final class EventFilters {
  private static final Map<String, Field> TEXTS =
      Map.of(
          "--story", Field.STORY_ID,
          "--agent", Field.AGENT_NAME,
          "--session", Field.SESSION_ID,
          "--workflow", Field.WORKFLOW_ID,
          "--type", Field.EVENT_TYPE);

  static final List<Option> OPTIONS =
      List.of(
          Option.text("--story", "STORY", "only of this story"),
          Option.text("--agent", "AGENT", "only of this agent"),
          Option.text("--session", "SESSION", "only of this session"),
          Option.text("--workflow", "WORKFLOW", "only of this workflow"),
          Option.text("--type", "TYPE", "only of this event type"),
          Option.text("--category", "C", "only of this category: " + categories()),
          Option.text("--tool", "TOOL", "only calls of this tool"),
          Option.flag("--failed", "only what failed"),
          Option.text("--since", "WHEN", "at this time or later: 36h, 7d, 4w, a date, or RFC 3339"),
          Option.text("--until", "WHEN", "before this time"));

  private EventFilters() {}

  /** The filter that the options of this call mean. */
  static Filter of(Invocation call) {
    List<Filter> all = new ArrayList<>();
    TEXTS.forEach((option, field) -> {
      String value = call.option(option);
      if (value != null) {
        all.add(Filter.is(field, value));
      }
    });
    String category = call.option("--category");
    if (category != null) {
      Category known = Category.of(category);
      if (known == null) {
        throw CommandException.usage(
            "there is no category " + category + "; the six are " + categories());
      }
      all.add(Filter.is(Field.CATEGORY, known.wireName()));
    }
    String tool = call.option("--tool");
    if (tool != null) {
      all.add(Filter.is(Attribute.detail("tool"), tool));
    }
    if (call.flag("--failed")) {
      all.add(
          Filter.or(
              Filter.is(Field.SUCCESS, false),
              Filter.is(Field.CATEGORY, Category.ERROR.wireName())));
    }
    long since = time(call, call.option("--since"));
    if (since != Long.MIN_VALUE) {
      all.add(Filter.since(since));
    }
    long until = time(call, call.option("--until"));
    if (until != Long.MIN_VALUE) {
      all.add(Filter.until(until));
    }
    return Filter.and(all);
  }

  /** The time that a word means, in microseconds since 1970; the least number for none. */
  public static long time(Invocation call, @Nullable String text) {
    try {
      return text == null
          ? Long.MIN_VALUE
          : Since.parse(
              text,
              "a time",
              Timestamps.of(call.console().clock().instant()),
              ZoneId.systemDefault());
    } catch (QuestionException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static String categories() {
    return Arrays.stream(Category.values())
        .map(Category::wireName)
        .collect(Collectors.joining(", "));
  }
}
