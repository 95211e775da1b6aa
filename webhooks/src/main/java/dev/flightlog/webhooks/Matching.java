package dev.flightlog.webhooks;

import dev.flightlog.webhooks.command.Command;
import dev.flightlog.webhooks.provider.Message;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of the look for a command. */
sealed interface Matching {
  /**
   * Somebody gave one who may, or of whom nobody can tell now.
   *
   * @param agent who is to work on it; null: the worker decides
   * @param undecided why a person has to decide before an agent works
   */
  record Commanded(
      Message.Request request, Command command, @Nullable String agent, Optional<String> undecided)
      implements Matching {}

  /** Somebody who may not gave one. */
  record Denied(Message.Request request, String reason) implements Matching {}

  /** There is none; the reason is told where it is not just that nobody wrote one. */
  record Nothing(Optional<String> reason) implements Matching {}

  /** It could not be looked for. */
  record Failed(String reason) implements Matching {}

  /** As the fields of its stage. */
  default Map<String, @Nullable Object> fields(Duration waited) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    switch (this) {
      case Commanded commanded -> {
        fields.put("command", commanded.command().name());
        fields.put("matched", true);
        commanded.undecided().ifPresent(reason -> fields.put("reason", reason));
      }
      case Denied denied -> {
        fields.put("matched", false);
        fields.put("reason", denied.reason());
      }
      case Nothing nothing -> {
        fields.put("matched", false);
        nothing.reason().ifPresent(reason -> fields.put("reason", reason));
      }
      case Failed failed -> {
        fields.put("matched", false);
        fields.put("status", "failed");
        fields.put("reason", failed.reason());
      }
    }
    fields.put("waited_ms", Stage.millis(waited));
    return fields;
  }
}
