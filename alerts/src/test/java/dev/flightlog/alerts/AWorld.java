package dev.flightlog.alerts;

import dev.flightlog.analysis.ask.Pricing;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store to which events of one project are appended, a line each, at told times. */
public final class AWorld implements AutoCloseable {
  /** A thousand tokens of the one model whose price is known cost a dollar. */
  public static final Pricing PRICING =
      (model, billing, tokens) ->
          "known".equals(model) ? (tokens.input() + tokens.output()) / 1000.0 : Double.NaN;

  public final EventStore store = new MemoryStore();
  private int number;

  /** A call of a model with so many tokens. */
  public void modelCall(Instant time, String session, String model, long tokens, double context) {
    Event.Builder event = event(time, EventTypes.MODEL_CALL, Category.EXECUTION, session);
    event.set(Field.TOKENS_USED, tokens).set(Field.CONTEXT_PERCENT, context);
    event.details(Map.of("model", model, "input_tokens", tokens, "output_tokens", 0L));
    append(event);
  }

  /** A call of a tool with this input; null when its result is not known. */
  public void toolCall(
      Instant time, String session, String tool, String input, @Nullable Boolean success) {
    Event.Builder event = event(time, EventTypes.TOOL_CALL, Category.EXECUTION, session);
    Map<String, @Nullable Object> details = new HashMap<>();
    details.put("tool", tool);
    details.put("input", Map.of("command", input));
    if (Boolean.FALSE.equals(success)) {
      details.put("error_type", "exit_code_1");
    }
    if (success != null) {
      event.set(Field.SUCCESS, success);
    }
    append(event.details(details));
  }

  /** An event of another type. */
  public void event(Instant time, String type, String session, Map<String, Object> details) {
    Category fixed = EventTypes.categoryOf(type);
    append(event(time, type, fixed == null ? Category.EXECUTION : fixed, session).details(details));
  }

  private Event.Builder event(Instant time, String type, Category category, String session) {
    String id = String.format("%026d", ++number);
    return Event.builder(id, time, type, category)
        .set(Field.SESSION_ID, session)
        .set(Field.PROJECT, "shop");
  }

  private void append(Event.Builder event) {
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event.build());
    store.append(new Append(batch));
  }

  @Override
  public void close() {
    store.close();
  }
}
