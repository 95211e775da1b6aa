package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Scope;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.ExactSum;
import dev.flightlog.wording.SafeText;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the events of one session add up to, oldest first. For one thread. */
public final class Sitting {
  /** Tools that change the file they name. */
  private static final Set<String> CHANGING =
      Set.of("Edit", "MultiEdit", "Write", "NotebookEdit", "apply_patch");

  private static final int LONGEST_TEXT = 400;

  long prompts;
  long toolCalls;
  long withoutResult;
  long errors;
  long modelCalls;
  long priced;
  long tokens;
  long stopped;
  long clarifications;
  long compactions;
  long longestPause;
  long pauseEnd;
  final ExactSum cost = new ExactSum();
  final Map<String, Long> tools = new HashMap<>();
  final Map<String, Long> errorClasses = new HashMap<>();
  final Map<String, Long> models = new HashMap<>();
  final Map<String, Long> agents = new HashMap<>();
  final Map<String, Long> changed = new HashMap<>();
  final Set<String> files = new HashSet<>();
  @Nullable String story;
  @Nullable String firstPrompt;
  @Nullable String lastError;
  @Nullable Double peakContext;
  @Nullable Event slowest;
  @Nullable Event last;

  private Sitting() {}

  static Sitting of(List<Event> events) {
    Sitting sitting = new Sitting();
    for (Event event : events) {
      sitting.add(event);
    }
    return sitting;
  }

  private void add(Event event) {
    Event before = last;
    if (before != null && event.micros() - before.micros() > longestPause) {
      longestPause = event.micros() - before.micros();
      pauseEnd = event.micros();
    }
    last = event;
    story = event.text(Field.STORY_ID) == null ? story : event.text(Field.STORY_ID);
    count(agents, event.text(Field.AGENT_NAME));
    Double context = event.real(Field.CONTEXT_PERCENT);
    if (context != null && (peakContext == null || context > peakContext)) {
      peakContext = context;
    }
    Long own = event.integer(Field.TOKENS_USED);
    tokens += own == null ? 0 : own;
    String type = event.eventType();
    if (type.equals(EventTypes.TOOL_CALL)) {
      toolCall(event);
    } else if (type.equals(EventTypes.MODEL_CALL)) {
      modelCall(event);
    } else if (type.equals(EventTypes.USER_PROMPT)) {
      prompt(event);
    }
    stopped += type.equals(EventTypes.USER_INTERRUPT) || Scope.REJECTED.matches(event) ? 1 : 0;
    clarifications += type.equals(EventTypes.HUMAN_CLARIFICATION_NEEDED) ? 1 : 0;
    compactions += type.equals(EventTypes.CONTEXT_COMPACTED) ? 1 : 0;
    if (Scope.ERRORS.matches(event)) {
      error(event);
    }
    if (Scope.WORK.matches(event)
        && event.integer(Field.DURATION_MS) != null
        && (slowest == null || millis(event) > millis(slowest))) {
      slowest = event;
    }
  }

  private void toolCall(Event event) {
    toolCalls++;
    withoutResult += event.flag(Field.SUCCESS) == null ? 1 : 0;
    String tool = event.detail("tool");
    count(tools, tool == null ? "(no tool)" : tool);
    String file = ContextInquiry.file(event);
    if (file != null) {
      files.add(file);
      if (tool != null
          && CHANGING.contains(tool)
          && Boolean.TRUE.equals(event.flag(Field.SUCCESS))) {
        count(changed, file);
      }
    }
  }

  private void modelCall(Event event) {
    modelCalls++;
    Number price = event.detailNumber("cost_usd");
    if (price != null) {
      priced++;
      cost.add(price.doubleValue());
    }
    String model = event.detail("model");
    count(models, model == null ? "(no model)" : model);
  }

  private void prompt(Event event) {
    prompts++;
    String text = event.detail("text");
    text = text == null ? event.detail("prompt") : text;
    if (firstPrompt == null && text != null && !text.isBlank()) {
      firstPrompt = start(text);
    }
  }

  private void error(Event event) {
    errors++;
    String type = event.detail("error_type");
    count(errorClasses, type == null ? name(event) : name(event) + ' ' + type);
    String message = event.detail("message");
    message = message == null ? event.detail("output") : message;
    lastError = message == null || message.isBlank() ? lastError : '"' + start(message) + '"';
  }

  private static String start(String text) {
    return SafeText.sentence(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
  }

  private static void count(Map<String, Long> counts, @Nullable String name) {
    if (name != null) {
      counts.merge(name, 1L, Long::sum);
    }
  }

  static double millis(@Nullable Event event) {
    Long millis = event == null ? null : event.integer(Field.DURATION_MS);
    return millis == null ? 0 : millis;
  }

  /** The tool of a tool call, else the type. */
  static String name(Event event) {
    String tool = event.eventType().equals(EventTypes.TOOL_CALL) ? event.detail("tool") : null;
    return tool == null ? event.eventType() : tool;
  }

  /** The most frequent with their counts: {@code Bash 12, Edit 3, +2 more}. */
  static @Nullable String top(Map<String, Long> counts, int most) {
    List<Map.Entry<String, Long>> order = new ArrayList<>(counts.entrySet());
    order.sort(
        Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
            .thenComparing(Map.Entry::getKey));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(most, order.size()); i++) {
      out.append(out.isEmpty() ? "" : ", ")
          .append(SafeText.shortened(order.get(i).getKey(), 40))
          .append(' ')
          .append(Units.count(order.get(i).getValue()));
    }
    if (order.size() > most) {
      out.append(", +").append(order.size() - most).append(" more");
    }
    return out.isEmpty() ? null : out.toString();
  }
}
