package dev.flightlog.cli.data;

import dev.flightlog.cli.arguments.Option;
import dev.flightlog.cli.arguments.Syntax;
import dev.flightlog.cli.command.Command;
import dev.flightlog.cli.command.CommandException;
import dev.flightlog.cli.command.Invocation;
import dev.flightlog.event.Category;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.recorder.Durability;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code record}: writes one event into the journal of its story. */
public final class RecordCommand implements Command {
  @Override
  public Syntax syntax() {
    return Syntax.of(
            "record",
            "Record one event. It is on disk, secrets replaced, when the command returns 0.")
        .takes("TYPE", 1, 1)
        .with(
            Option.text(
                "--category",
                "C",
                "execution, error, interaction, performance, learning or decision"),
            Option.text("--agent", "AGENT", "who acted"),
            Option.text("--story", "STORY", "the story, instead of the current one"),
            Option.many("--field", "K=V", "a field of the event, or else a detail; again for more"),
            Option.text("--details", "JSON", "an object with everything else"))
        .example(
            "flightlog record deploy_finished --story 1.2 --field success=true --field duration_ms=4200",
            "flightlog record decision --agent planner --details '{\"choice\":\"sqlite\"}'");
  }

  @Override
  public int run(Invocation call) {
    String type = call.arguments().getFirst();
    if (!EventTypes.isWellFormed(type)) {
      throw CommandException.usage(
          "an event type is snake_case and at most 64 characters, such as "
              + EventTypes.wellFormed(type));
    }
    Map<String, @Nullable Object> details = details(call.option("--details"));
    String story = call.option("--story");
    RecorderConfig config = call.home().recorderConfig().durability(Durability.WRITTEN).ring(0);
    if (story != null) {
      config = config.story(story);
    }
    try (FlightRecorder recorder = FlightRecorder.open(config)) {
      EventBuilder event = recorder.event(type, category(type, call.option("--category")));
      String agent = call.option("--agent");
      if (agent != null) {
        event.agent(agent);
      }
      call.options("--field").forEach(field -> set(event, field));
      details.forEach(event::detail);
      Durability reached = event.log();
      String problem = recorder.stats().problem();
      if (reached.compareTo(Durability.WRITTEN) < 0) {
        throw CommandException.failed(
            "the event could not be written to "
                + call.home().journals()
                + (problem == null ? "" : ": " + problem));
      }
    }
    return CommandException.OK;
  }

  private static Category category(String type, @Nullable String name) {
    Category fixed = EventTypes.categoryOf(type);
    Category named = name == null ? null : Category.of(name);
    if (name != null && named == null) {
      throw CommandException.usage(
          "there is no category "
              + name
              + "; the six are execution, error, interaction, performance, learning, decision");
    }
    if (fixed != null && named != null && fixed != named) {
      throw CommandException.usage(
          type + " is always of category " + fixed.wireName() + ": leave --category out");
    }
    return named != null ? named : fixed != null ? fixed : Category.EXECUTION;
  }

  private static Map<String, @Nullable Object> details(@Nullable String json) {
    if (json == null) {
      return Map.of();
    }
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    try {
      JsonReader reader = new JsonReader().reset(utf8, 0, utf8.length);
      Object value = reader.value();
      reader.finish();
      if (value instanceof Map<?, ?> map) {
        @SuppressWarnings("unchecked")
        Map<String, @Nullable Object> details = (Map<String, @Nullable Object>) map;
        return details;
      }
      throw CommandException.usage(
          "--details takes a JSON object, such as '{\"choice\":\"sqlite\"}'");
    } catch (JsonException e) {
      throw CommandException.usage(
          "--details is no JSON: " + e.getMessage() + "; quote it for the shell: '{\"k\":\"v\"}'");
    }
  }

  private static void set(EventBuilder event, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw CommandException.usage("--field takes key=value, not " + assignment);
    }
    String key = assignment.substring(0, equals);
    String value = assignment.substring(equals + 1);
    Field field = Field.named(key);
    if (field == Field.ID
        || field == Field.DETAILS
        || field == Field.SOURCE
        || field == Field.EVENT_TYPE) {
      throw CommandException.usage(key + " is not set by --field; details have --details");
    }
    if (field == null) {
      Optional<Number> number = number(value);
      if (number.isPresent()) {
        event.detail(key, number.get());
      } else {
        event.detail(key, value);
      }
    } else {
      event.set(field, value(field, value));
    }
  }

  /**
   * A detail that is written as a number is one, when nothing of it is lost: 1.10 may be a version,
   * and 007 a name.
   */
  private static Optional<Number> number(String text) {
    if (text.matches("-?(0|[1-9][0-9]{0,17})")) {
      return Optional.of(Long.valueOf(text));
    }
    if (text.matches("-?(0|[1-9][0-9]{0,14})\\.[0-9]{1,15}")
        && BigDecimal.valueOf(Double.parseDouble(text)).toPlainString().equals(text)) {
      return Optional.of(Double.valueOf(text));
    }
    return Optional.empty();
  }

  private static Object value(Field field, String text) {
    try {
      return switch (field.kind()) {
        case TEXT, JSON -> text;
        case INTEGER -> Long.valueOf(text);
        case REAL -> Double.valueOf(text);
        case TIME -> throw CommandException.usage("the time of an event is when it is recorded");
        case BOOLEAN ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new NumberFormatException();
            };
      };
    } catch (NumberFormatException e) {
      String wanted =
          switch (field.kind()) {
            case INTEGER -> "a whole number";
            case REAL -> "a number";
            default -> "true or false";
          };
      throw CommandException.usage(
          field.wireName() + " takes " + wanted + ", not \"" + text + "\"");
    }
  }
}
